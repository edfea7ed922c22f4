// What the editor offers while one types: the classes and properties that are in the data, our prefixes, and nobody else's.

const MOST = 60;

// Read from the graph in which the store describes itself: counted already, so this costs next to nothing.
const TERMS = ({ base, language }) => `
PREFIX void: <http://rdfs.org/ns/void#>
SELECT ?kind ?term (MAX(?n) AS ?times) (SAMPLE(?name) AS ?label) WHERE {
  GRAPH <${base}graph/beschrijving> {
    ?whole a void:Dataset .
    { ?whole void:classPartition ?part . ?part void:class ?term ; void:entities ?n BIND("class" AS ?kind) }
    UNION
    { ?whole void:propertyPartition ?part . ?part void:property ?term ; void:triples ?n BIND("property" AS ?kind) }
  }
  OPTIONAL {
    GRAPH ?g { ?term <http://www.w3.org/2000/01/rdf-schema#label> ?name }
    FILTER(LANG(?name) = "${language}")
  }
} GROUP BY ?kind ?term ORDER BY DESC(?times) ?term`;

/** Have `Yasqe` complete from our own data, of which `terms` knows the prefixes. */
export function completeFromOwnData(Yasqe, terms, settings) {
  let asked;
  const all = () => (asked ??= terms.ask(TERMS(settings), "GET").then((rows) => rows.map(read)));
  const known = new Map();

  const suggest = async (kind, token) => {
    const typed = whole(token.autocompletionString ?? token.string ?? "", terms).toLowerCase();
    const found = (await all()).filter((term) => term.kind === kind && suits(term, typed));
    for (const term of found) known.set(term.iri, term);
    return found.slice(0, MOST).map((term) => term.iri);
  };

  const { Autocompleters } = Yasqe;
  for (const kind of ["class", "property"]) {
    Autocompleters[kind] = {
      ...Autocompleters[kind],
      get: (_yasqe, token) => (token ? suggest(kind, token) : []),
      // Left whole: what is put into the query is settled when the suggestion is taken.
      postProcessSuggestion: (_yasqe, _token, iri) => iri,
      postprocessHints: (_yasqe, hints) => hints.map((hint) => dressed(hint, known.get(hint.text), terms)),
    };
  }
  // Shown when something is typed (see editor.js) and not wherever the cursor comes: a list takes the arrow keys.
  Autocompleters.variables = { ...Autocompleters.variables, autoShow: false };
  Autocompleters.prefixes = {
    ...Autocompleters.prefixes,
    autoShow: false,
    persistenceId: null,
    get: () => terms.prefixes.map(([prefix, namespace]) => `${prefix}: <${namespace}>`).sort(),
  };
}

function read({ kind, term, times, label }) {
  return { kind: kind.value, iri: term.value, times: Number(times.value), label: label?.value ?? "" };
}

/** What was typed, with a prefix of ours written out even where the query does not declare it yet. */
function whole(typed, terms) {
  const [, prefix, rest] = /^([\w-]*):(?!\/\/)(.*)$/.exec(typed) ?? [];
  const found = terms.prefixes.find(([name]) => name === prefix);
  return found ? found[1] + rest : typed.replace(/^</, "");
}

/** Whether a term may be meant by what was typed: the beginning of its IRI, or part of its name here or there. */
function suits(term, typed) {
  const iri = term.iri.toLowerCase();
  if (iri.startsWith(typed)) return true;
  if (typed.includes("/") || typed.includes("#")) return false;
  const own = iri.slice(Math.max(iri.lastIndexOf("#"), iri.lastIndexOf("/")) + 1);
  return own.includes(typed) || term.label.toLowerCase().includes(typed);
}

/** A suggestion that shows its name and how often it occurs, and that brings its prefix along when it is taken. */
function dressed(hint, term, terms) {
  const own = terms.prefixed(hint.text);
  const text = own ? own.text : `<${hint.text}>`;
  return {
    ...hint,
    text,
    render(element) {
      element.append(part("term", own ? own.text : terms.short(hint.text)));
      if (term?.label) element.append(part("name", term.label));
      if (term) element.append(part("times", String(term.times)));
    },
    hint(yasqe, data, chosen) {
      yasqe.replaceRange(text, chosen.from ?? data.from, chosen.to ?? data.to, "complete");
      if (own && !(own.prefix in yasqe.getPrefixesFromQuery())) yasqe.addPrefixes({ [own.prefix]: own.namespace });
    },
  };
}

function part(kind, text) {
  const element = document.createElement("span");
  element.className = kind;
  element.textContent = text;
  return element;
}
