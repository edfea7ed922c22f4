// The answer as a table: sorted, filtered and turned page by page here, with links to our own pages and the names of things.

const ROWS = 100;
const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMERIC = new Set(["integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger", "positiveInteger"].map((t) => XSD + t));

/** The variables and solutions of what came, or null where it is no table. A graph is one of subject, predicate, object. */
export function solutions(results) {
  if (!results || results.hasError()) return null;
  const { head, results: found } = results.getAsJson() || {};
  return found ? { variables: head?.vars ?? [], rows: found.bindings, graph: results.getType() === "ttl" } : null;
}

/** The plugin of YASR that shows tables, with the words of the page. */
export function tablePlugin(terms, words, language) {
  const collator = new Intl.Collator(language, { numeric: true, sensitivity: "base" });

  return class Table {
    label = words.table;
    priority = 10;

    constructor(yasr) {
      this.yasr = yasr;
    }

    canHandleResults() {
      return solutions(this.yasr.results) !== null;
    }

    draw() {
      const { variables, rows, graph } = solutions(this.yasr.results);
      this.variables = variables;
      this.titles = graph ? [words.subject, words.predicate, words.object] : variables;
      this.rows = this.shown = rows;
      this.page = 0;
      this.order = { variable: null, up: true };
      this.body = make("tbody");
      this.head = make("tr");
      this.pager = make("nav", { className: "pages", ariaLabel: words.pages });
      const region = make("div", { className: "scroll", tabIndex: 0, role: "region", ariaLabel: words.answer });
      region.append(make("table", {}, make("thead", {}, this.head), this.body));
      this.yasr.resultsEl.append(...(rows.length > 1 ? [this.filter()] : []), region, this.pager);
      this.drawHead();
      this.drawPage();
    }

    filter() {
      const input = make("input", { type: "search" });
      let waiting;
      input.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => {
          const wanted = input.value.trim().toLowerCase();
          this.shown = wanted ? this.rows.filter((row) => this.variables.some((v) => this.said(row[v]).includes(wanted))) : this.rows;
          this.sort();
        }, 150);
      });
      return make("label", { className: "filter" }, `${words.filter} `, input);
    }

    /** What a filter looks in: the value, and its name where that is on the page. */
    said(value) {
      return value ? `${value.value} ${terms.names.get(value.value)?.text ?? ""}`.toLowerCase() : "";
    }

    drawHead() {
      const cells = this.variables.map((variable, place) => {
        const button = make("button", { type: "button" }, this.titles[place]);
        const cell = make("th", { scope: "col" }, button);
        button.addEventListener("click", () => {
          this.order = { variable, up: this.order.variable !== variable || !this.order.up };
          for (const other of this.head.children) other.removeAttribute("aria-sort");
          cell.setAttribute("aria-sort", this.order.up ? "ascending" : "descending");
          this.sort();
        });
        return cell;
      });
      this.head.replaceChildren(make("th", { scope: "col", className: "number" }, make("span", { className: "unseen" }, words.row)), ...cells);
    }

    sort() {
      const { variable, up } = this.order;
      if (variable) {
        this.shown = [...this.shown].sort((a, b) => (up ? 1 : -1) * compare(a[variable], b[variable], collator));
      }
      this.page = 0;
      this.drawPage();
    }

    drawPage() {
      const from = this.page * ROWS;
      const rows = this.shown.slice(from, from + ROWS);
      this.body.replaceChildren(
        ...rows.map((row, place) =>
          make(
            "tr",
            {},
            make("td", { className: "number" }, String(from + place + 1)),
            ...this.variables.map((variable) => make("td", {}, ...this.cell(row[variable]))),
          ),
        ),
      );
      this.drawPager(from, rows.length);
      const iris = rows.flatMap((row) => this.variables.map((v) => row[v])).filter((value) => value?.type === "uri");
      terms.named(iris.map((value) => value.value)).then((names) => this.addNames(names));
    }

    addNames(names) {
      for (const link of this.body.querySelectorAll("a[data-iri]")) {
        const name = names.get(link.dataset.iri);
        if (name && !link.nextElementSibling) link.after(make("span", { className: "name", lang: name.language }, name.text));
      }
    }

    cell(value) {
      if (!value) return [];
      if (value.type === "uri") return [link(value.value, terms)];
      if (value.type === "bnode") return [value.value.startsWith("_:") ? value.value : `_:${value.value}`];
      if (value.type === "triple") return ["<<( ", ...["subject", "predicate", "object"].flatMap((part) => [...this.cell(value.value[part]), " "]), ")>>"];
      const language = value["xml:lang"];
      const text = make("span", { className: "text", ...(language ? { lang: language } : {}) }, value.value);
      const special = value.datatype && value.datatype !== `${XSD}string` && !NUMERIC.has(value.datatype);
      const type = language ? `@${language}` : special && terms.short(value.datatype);
      return type ? [text, " ", make("small", {}, type)] : [text];
    }

    drawPager(from, count) {
      const total = this.shown.length;
      const turn = (by, text, possible) => {
        const button = make("button", { type: "button", disabled: !possible }, text);
        button.addEventListener("click", () => {
          this.page += by;
          this.drawPage();
          this.yasr.resultsEl.querySelector(".scroll").scrollIntoView({ block: "start" });
        });
        return button;
      };
      const where = words.shown.replace("{from}", count ? from + 1 : 0).replace("{to}", from + count).replace("{all}", total);
      const buttons = [turn(-1, words.previous, this.page > 0), turn(1, words.next, from + count < total)];
      this.pager.hidden = total <= ROWS && total === this.rows.length;
      this.pager.replaceChildren(make("p", { role: "status" }, where), ...(total > ROWS ? buttons : []));
    }
  };
}

/** The plugin of YASR that shows the answer to ASK. */
export function booleanPlugin(words) {
  return class Boolean {
    label = words.table;
    priority = 10;
    hideFromSelection = true;

    constructor(yasr) {
      this.yasr = yasr;
    }

    canHandleResults() {
      return typeof this.yasr.results?.getBoolean() === "boolean";
    }

    draw() {
      this.yasr.resultsEl.append(make("p", { className: "boolean" }, this.yasr.results.getBoolean() ? words.yes : words.no));
    }
  };
}

/** An element with properties and content. */
export function make(tag, properties = {}, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...content);
  return element;
}

function link(iri, terms) {
  const address = terms.address(iri);
  const element = make(address ? "a" : "span", { className: "iri" }, terms.short(iri));
  if (address) element.href = address;
  if (address) element.dataset.iri = iri;
  return element;
}

function compare(a, b, collator) {
  if (!a || !b) return Number(Boolean(a)) - Number(Boolean(b));
  if (NUMERIC.has(a.datatype) && NUMERIC.has(b.datatype)) return Number(a.value) - Number(b.value);
  return collator.compare(a.value, b.value);
}
