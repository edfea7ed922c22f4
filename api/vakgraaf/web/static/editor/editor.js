// Make an editor of the form on the page of /sparql. Where this does not run, the form is as good.

import { completeFromOwnData } from "./completion.js";
import { labelAnswer, labelEditor, labelTabs } from "./labels.js";
import { problemRenderer } from "./problem.js";
import { booleanPlugin, make, tablePlugin } from "./table.js";
import { Terms } from "./terms.js";

const LONGEST_LINK = 4000;

const { settings, words } = JSON.parse(document.getElementById("editor-settings").textContent);
const { Yasgui } = window;
const { Yasqe, Yasr } = Yasgui;
const form = document.getElementById("ask");
const field = document.getElementById("query");
const endpoint = `${location.origin}${settings.root}/sparql?lang=${settings.language}`;
const terms = new Terms(settings);

labelEditor(Yasqe, words);
labelAnswer(Yasr, words, settings.language);
completeFromOwnData(Yasqe, terms, settings);
Yasr.registerPlugin("table", tablePlugin(terms, words, settings.language));
Yasr.registerPlugin("boolean", booleanPlugin(words));
Yasqe.defaults.editorHeight = "auto";
Yasr.defaults.errorRenderers = [problemRenderer(() => yasgui.getTab().getYasqe(), words, settings.root)];
// This endpoint and no other, whatever is in a link or was kept from another time.
Object.assign(Yasgui.Tab.prototype, {
  getEndpoint: () => endpoint,
  setEndpoint: () => {},
  getStaticRequestConfig: () => ({ endpoint, method: "POST", headers: {}, args: [], withCredentials: false }),
});

const asked = new URLSearchParams(location.hash.slice(1)).get("query") ?? (settings.ask ? field.value : null);
const start = settings.ask ? "" : field.value;
const holder = make("div", { id: "editor" });
const menus = make("div", { id: "editor-menus" });
form.before(holder, menus);

const yasgui = new Yasgui(holder, {
  requestConfig: {
    endpoint,
    acceptHeaderSelect: "application/sparql-results+json",
    acceptHeaderGraph: "text/turtle",
  },
  populateFromUrl: false,
  copyEndpointOnNewTab: false,
  autofocus: false,
  persistenceId: `vakgraaf${settings.root}`,
  tabName: words.tab,
  contextMenuContainer: menus,
  endpointCatalogueOptions: { getData: () => [] },
  yasqe: { value: start, resizeable: false, viewportMargin: Infinity },
  yasr: { prefixes: settings.prefixes, maxPersistentResponseSize: 0 },
});
labelTabs(yasgui, words);

const share = make("button", { type: "button" }, words.share);
const link = make("input", { readOnly: true, id: "editor-link" });
const shared = make("p", { hidden: true, className: "shared" }, make("label", { htmlFor: "editor-link" }, `${words.link} `), link, " ");
const copied = make("span", { role: "status" });
shared.append(copied);
share.addEventListener("click", async () => {
  const query = encodeURIComponent(yasgui.getTab()?.getYasqe()?.getValue() ?? "");
  // A link that programs can follow as well; what is too long for that stays in the browser.
  link.value = `${location.origin}${settings.root}/sparql${query.length > LONGEST_LINK ? "#" : "?"}query=${query}`;
  shared.hidden = false;
  link.select();
  try {
    await navigator.clipboard.writeText(link.value);
    copied.textContent = words.copied;
  } catch {
    copied.textContent = "";
  }
});
form.querySelector(".asking").append(" ", share);
form.append(shared);
/** A link is to the query that was there when it was asked for, and goes when that does. */
const unshare = () => {
  shared.hidden = true;
  copied.textContent = "";
};

const drawn = new WeakSet();
const dress = () => {
  const tab = yasgui.getTab();
  const yasqe = tab?.getYasqe();
  if (!yasqe) return;
  unshare();
  // Between the query and its answer, whichever tab that is in.
  document.getElementById(tab.getId()).querySelector(".editorwrapper").append(form);
  if (drawn.has(yasqe)) return;
  drawn.add(yasqe);
  // A list of suggestions takes the arrow keys, so it comes when something is typed and not where the cursor passes.
  yasqe.on("inputRead", (_yasqe, change) => change.origin === "+input" && /[\w:?$]/.test(change.text[0]) && yasqe.autocomplete());
  yasqe.on("change", unshare);
  leaveWithEscape(yasqe);
};
yasgui.on("tabSelect", () => setTimeout(dress));
yasgui.on("tabAdd", () => setTimeout(dress));
dress();

if (asked !== null) open(asked, words.tab, true);

/** Tab indents, as in every editor of code; after Escape it goes on to what is next, so that nobody is caught in here. */
function leaveWithEscape(yasqe) {
  const keys = yasqe.getOption("extraKeys");
  const back = () => yasqe.setOption("extraKeys", keys);
  keys.Esc = () => yasqe.setOption("extraKeys", { ...keys, Tab: false, "Shift-Tab": false });
  keys.Tab = (cm) => (cm.somethingSelected() ? cm.indentSelection("add") : cm.replaceSelection("  "));
  back();
  yasqe.on("blur", back);
  yasqe.on("change", back);
}

/** Show a query: in the tab that has it already, or else in a new one. */
function open(query, name, run) {
  const kept = Object.values(yasgui._tabs).find((tab) => tab.getPersistedJson().yasqe.value === query);
  if (kept) kept.select();
  else yasgui.addTab(true, { name: yasgui.createTabName(name), yasqe: { value: query } });
  dress();
  if (run) yasgui.getTab().query().catch(() => {});
}

// The form stays for what the editor does not do: an answer in another format, and what is done with the query. What it
// sends is what is in the editor.
form.querySelector(".query").hidden = true;
field.required = false;
form.addEventListener("submit", () => {
  field.value = yasgui.getTab()?.getYasqe()?.getValue() ?? field.value;
});
for (const element of form.querySelectorAll("[data-with-editor]")) element.textContent = element.dataset.withEditor;
document.getElementById("editor-keys").hidden = false;

const examples = [...document.querySelectorAll("#examples details")].map((details) => ({
  title: details.querySelector("summary").textContent,
  name: details.dataset.name,
  query: details.querySelector("code").textContent,
}));
if (examples.length) {
  const choice = make("details", { className: "choice" }, make("summary", {}, words.examples));
  const list = make("ul");
  for (const { title, name, query } of examples) {
    const button = make("button", { type: "button" }, title);
    button.addEventListener("click", () => {
      choice.open = false;
      open(query, name, true);
    });
    list.append(make("li", {}, button));
  }
  choice.append(list);
  holder.before(choice);
  document.getElementById("examples").hidden = true;
}
