// What went wrong, in the words of the server, and where in the query.

import { make } from "./table.js";

/** A renderer of errors for YASR. `editor` gives the editor of the query that was asked, `root` where the server is. */
export function problemRenderer(editor, words, root) {
  return async (error) => {
    const problem = parsed(error.text);
    if (!problem) {
      const said = (await answers(root)) ? words.broken : words.unreachable;
      return make("div", { role: "alert", className: "problem" }, make("p", {}, said));
    }
    const box = make("div", { role: "alert", className: "problem" }, make("h2", {}, problem.title), make("p", {}, problem.detail));
    if (problem.line) {
      const there = { line: problem.line - 1, ch: Math.max(0, (problem.column ?? 1) - 1) };
      const place = words.place.replace("{line}", problem.line).replace("{column}", problem.column ?? 1);
      const button = make("button", { type: "button" }, place);
      button.addEventListener("click", () => {
        editor().getDoc().setCursor(there);
        editor().focus();
      });
      mark(editor(), there, problem.token);
      box.append(make("p", {}, button));
    }
    return box;
  };
}

/** Mark the token that the server stumbled over, until the query is changed. */
function mark(yasqe, from, token) {
  const length = Math.max(1, token?.length ?? 1);
  const marked = yasqe.getDoc().markText(from, { line: from.line, ch: from.ch + length }, { className: "at-fault" });
  const clear = () => {
    marked.clear();
    yasqe.off("change", clear);
  };
  yasqe.on("change", clear);
}

/** Does the server answer? What a browser tells of an answer that broke off and of a server that is gone is the same. */
async function answers(root) {
  try {
    return (await fetch(`${root}/health`, { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

function parsed(text) {
  try {
    const problem = JSON.parse(text);
    return problem?.title ? problem : null;
  } catch {
    return null;
  }
}
