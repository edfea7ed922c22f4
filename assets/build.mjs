// What pages load, from node_modules to the folder that the server serves: as it is, compressed, and with its licences.

import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "..", "api", "vakgraaf", "web", "static", "built");
const files = {
  "yasgui.js": "@zazuko/yasgui/build/yasgui.min.js",
  "yasgui.css": "@zazuko/yasgui/build/yasgui.min.css",
};

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;

/** The licence of an installed package: its own file, or what its package.json says. */
function licence(folder) {
  const { name, version, license, author, contributors = [] } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const people = [author, ...contributors].map((person) => person?.name ?? person).filter(Boolean);
  const own = readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
  const text = own ? readFileSync(join(folder, own), "utf8") : license === "MIT" ? `Copyright (c) ${people.join(", ")}\n\n${MIT}` : "";
  return `${name} ${version}\n${license ?? "no licence named"}${people.length ? `, by ${people.join(", ")}` : ""}\n\n${text.trim()}\n`;
}

/** The folders of all packages that are bundled: what is installed and not only for tests. */
function bundled() {
  const lock = JSON.parse(readFileSync(join(here, "package-lock.json"), "utf8"));
  return Object.entries(lock.packages).filter(([path, about]) => path && !about.dev).map(([path]) => join(here, path));
}

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
for (const [name, source] of Object.entries(files)) {
  const whole = readFileSync(join(here, "node_modules", source), "utf8");
  const content = Buffer.from(whole.replace(/\n?(\/\/|\/\*)# sourceMappingURL=[^\n]*\n?$/, "\n"));
  const hints = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length, [constants.BROTLI_PARAM_QUALITY]: 11 };
  writeFileSync(join(target, name), content);
  writeFileSync(join(target, `${name}.br`), brotliCompressSync(content, { params: hints }));
  writeFileSync(join(target, `${name}.gz`), gzipSync(content, { level: 9 }));
}
writeFileSync(join(target, "LICENSES.txt"), bundled().map(licence).join(`\n${"-".repeat(120)}\n\n`));
