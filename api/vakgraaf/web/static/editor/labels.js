// YASGUI speaks English only and leaves some of its parts nameless. Here it gets the words of the page, before it is made,
// and what a screen reader or a keyboard needs. Every method that is wrapped is one of version 4.6.

import { solutions } from "./table.js";

/** Have `after` run after `method` of the class `Kind`, with the same `this` and what the method was given. */
function extend(Kind, method, after) {
  const before = Kind.prototype[method];
  Kind.prototype[method] = function (...given) {
    const result = before.apply(this, given);
    after.apply(this, given);
    return result;
  };
}

/** The editor of one query. */
export function labelEditor(Yasqe, words) {
  extend(Yasqe, "drawButtons", function () {
    const field = this.getInputField();
    field.setAttribute("aria-label", words.query);
    field.setAttribute("aria-describedby", "editor-keys");
    this.rootEl.querySelector(".yasqe_share")?.remove();
  });
  extend(Yasqe, "updateQueryButton", function () {
    const text = this.req ? words.stop : words.run;
    if (!this.queryBtn) return;
    this.queryBtn.type = "button";
    this.queryBtn.title = text;
    this.queryBtn.setAttribute("aria-label", text);
  });
  // What its complaint is drawn with breaks the policy for styles, and is in English.
  extend(Yasqe, "checkSyntax", function () {
    this.eachLine((line) => {
      const sign = line.gutterMarkers?.gutterErrorBar;
      if (!sign) return;
      sign.onmouseover = sign.onmouseout = null;
      const { state } = this.getTokenAt({ line: line.lineNo(), ch: line.text.length }, true);
      const expected = (state.possibleCurrent ?? []).slice(0, 12).join(" ");
      sign.title = expected ? words.expected.replace("{what}", expected) : words.invalid;
    });
  });
  extend(Yasqe, "registerEventListeners", function () {
    this.on("autocompletionShown", (_yasqe, widget) => widget.hints.setAttribute("aria-label", words.suggestions));
  });
  Yasqe.prototype.showNotification = () => {};
}

/** The frame around an answer: without its links to another site's manual and with numbers in the reader's language. */
export function labelAnswer(Yasr, words, language) {
  const nothing = () => {};
  Object.assign(Yasr.prototype, {
    drawDocumentationButton: nothing,
    updateHelpButton: nothing,
    drawDownloadIcon: nothing,
    fillFallbackBox: nothing,
    updateResponseInfo() {
      const rows = solutions(this.results)?.rows?.length;
      const seconds = (this.results?.getResponseTime() ?? 0) / 1000;
      const time = words.seconds.replace("{n}", seconds.toLocaleString(language, { maximumSignificantDigits: 2 }));
      const count = rows === 1 ? words.one : words.rows.replace("{n}", rows?.toLocaleString(language));
      this.dataElement.classList.toggle("empty", !this.results);
      this.dataElement.textContent = !this.results ? "" : rows === undefined ? time : `${count}, ${time}`;
    },
  });
  extend(Yasr, "drawResponseInfo", function () {
    this.dataElement.setAttribute("role", "status");
  });
  extend(Yasr, "drawPluginSelectors", function () {
    for (const button of this.pluginSelectorsEl.querySelectorAll("button")) button.removeAttribute("aria-label");
  });
  extend(Yasr, "drawPluginElement", function () {
    this.pluginControls.removeAttribute("id");
    this.pluginControls.removeAttribute("aria-controls");
  });
  extend(Yasr, "updatePluginSelectors", function (enabled) {
    for (const button of this.pluginSelectorsEl?.querySelectorAll("button") ?? []) {
      button.setAttribute("aria-pressed", String(button.classList.contains("selected")));
      if (enabled) button.disabled = button.classList.contains("disabled");
    }
  });
  const take = Yasr.prototype.setResponse;
  Yasr.prototype.setResponse = function (answer, duration) {
    // A query that was stopped is no error, and an answer without a letter in it (no triples) is one all the same.
    if (answer?.name === "AbortError") {
      this.dataElement.classList.remove("empty");
      this.dataElement.textContent = words.stopped;
      return;
    }
    if (answer?.ok && answer.content === "") answer.content = "\n";
    take.call(this, answer, duration);
  };

  readPlainly(Yasr);
  const Response = Yasr.plugins.response;
  Yasr.registerPlugin(
    "response",
    class extends Response {
      label = words.response;
      helpReference = undefined;

      draw(...given) {
        super.draw(...given);
        this.cm.getInputField().setAttribute("aria-label", words.response);
      }

      showLess(...given) {
        super.showLess(...given);
        const [all, download] = this.overLay.querySelectorAll("button");
        all.textContent = all.title = words.showAll;
        download?.remove();
      }
    },
  );
}

/**
 * JSON as it is: YASR's own reader fills in whatever stands between {{ and }} in a literal, stumbles over triple terms, and
 * then tries XML. It can be had only from an answer that was read.
 */
function readPlainly(Yasr) {
  const answer = { contentType: "application/sparql-results+json", data: '{"head":{},"boolean":true}' };
  const { results } = new Yasr(document.createElement("div"), { persistenceId: null }, answer);
  const Reader = results.constructor;
  const others = Reader.prototype.getAsJson;
  Reader.prototype.getAsJson = function () {
    if (!/json/.test(this.getContentType() ?? "")) return others.call(this);
    if (this.json === undefined && !this.hasError()) {
      this.json = JSON.parse(this.getOriginalResponseAsString());
      this.type = "json";
    }
    return this.json;
  };
}

/** The tabs of `yasgui`, now and whenever one is added. */
export function labelTabs(yasgui, words) {
  const { tabElements } = yasgui;
  const list = tabElements._tabsListEl;
  list.setAttribute("aria-label", words.tabs);
  const add = list.querySelector(".addTab");
  // One of a row of tabs, as far as the arrow keys go; a list of tabs may have nothing else in it.
  add.setAttribute("role", "tab");
  add.setAttribute("aria-selected", "false");
  add.setAttribute("aria-label", words.newTab);
  add.title = words.newTab;
  const menu = tabElements.tabContextMenu;
  const item = menu.getMenuItemEl;
  menu.getMenuItemEl = (text) => item.call(menu, words.menu[text] ?? text);
  const draw = menu.draw;
  menu.draw = (root) => {
    draw.call(menu, root);
    menu.contextEl.querySelector("hr").remove();
  };
  const dress = () => {
    for (const tab of list.querySelectorAll(".tab")) {
      tab.querySelector(".closeTab").title = words.closeTab;
      tab.querySelector("input").setAttribute("aria-label", words.tabName);
      const link = tab.querySelector("a");
      link.setAttribute("aria-keyshortcuts", "Delete F2");
      // The panel of a tab that has not been opened is not there yet.
      if (!document.getElementById(link.hash.slice(1))) link.removeAttribute("aria-controls");
    }
  };
  list.addEventListener("keydown", (event) => {
    const id = event.target.hash?.slice(1);
    if (event.key === "F2" && id) tabElements.get(id)?.startRename();
  });
  dress();
  new MutationObserver(dress).observe(list, { childList: true });
}
