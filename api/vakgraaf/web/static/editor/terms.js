// IRIs as a reader sees them: short, with a link to the page about them, and with their names.

const NAMES_AT_ONCE = 300;

export class Terms {
  /** `settings` of the page: the base of our IRIs, the root of our addresses, prefixes, language. */
  constructor(settings) {
    this.settings = settings;
    this.prefixes = Object.entries(settings.prefixes);
    this.names = new Map();
  }

  /** Where a link to `iri` goes: here if it is ours, there if it is on the web, nowhere (null) otherwise. */
  address(iri) {
    const { base, root } = this.settings;
    if (iri.startsWith(base)) return `${root}/${iri.slice(base.length)}`;
    return /^https?:/.test(iri) ? iri : null;
  }

  /** `iri` with a prefix where there is one and what is left is plain, else all of it. */
  short(iri) {
    for (const [prefix, namespace] of this.prefixes) {
      if (iri.startsWith(namespace) && iri.length > namespace.length) return `${prefix}:${iri.slice(namespace.length)}`;
    }
    return iri;
  }

  /** The prefixed name of `iri` that may stand in a query and the prefix that it needs; null where there is none. */
  prefixed(iri) {
    const found = this.prefixes.find(([, namespace]) => iri.startsWith(namespace));
    if (!found || !/^[\p{L}\p{N}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?$/u.test(iri.slice(found[1].length))) return null;
    return { text: `${found[0]}:${iri.slice(found[1].length)}`, prefix: found[0], namespace: found[1] };
  }

  /** The names of those of `iris` that are ours; one question for all that are not known yet. */
  async named(iris) {
    const { base, language } = this.settings;
    const ours = [...new Set(iris)].filter((iri) => iri.startsWith(base) && !/[<>"{}|^`\\\s]/.test(iri));
    const unknown = ours.filter((iri) => !this.names.has(iri)).slice(0, NAMES_AT_ONCE);
    if (unknown.length) {
      const query = `SELECT DISTINCT ?s ?name WHERE { VALUES ?s { ${unknown.map((iri) => `<${iri}>`).join(" ")} }
        GRAPH ?g { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?name } }`;
      for (const iri of unknown) this.names.set(iri, null);
      for (const { s, name } of await this.ask(query, "POST")) {
        const before = this.names.get(s.value);
        if (!before || name["xml:lang"] === language) {
          this.names.set(s.value, { text: name.value, language: name["xml:lang"] ?? "" });
        }
      }
    }
    return this.names;
  }

  /** The solutions of a query of our own; none where it cannot be answered now. */
  async ask(query, method) {
    const fields = new URLSearchParams({ query });
    const address = `${this.settings.root}/sparql`;
    const headers = { accept: "application/sparql-results+json" };
    try {
      const answer = await (method === "GET"
        ? fetch(`${address}?${fields}`, { headers })
        : fetch(address, { method, headers, body: fields }));
      return answer.ok ? (await answer.json()).results.bindings : [];
    } catch {
      return [];
    }
  }
}
