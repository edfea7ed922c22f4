"""Who may do what: bearer tokens (RFC 6750) from a file, each with its rights.

One token a line; what follows # is not read. A line is a token alone, which may then write; or a name and a token; or
these and the rights with commas between: `tuinbouw s3cr3t-of-zestien write,no-validate`. Instead of the token itself
its digest may stand there, as `sha256:` and 64 hexadecimal digits.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from starlette.requests import Request

from vakgraaf.errors import InputError, unusable
from vakgraaf.web.problems import HttpProblem

_SHORTEST = 16
_DIGEST = re.compile(r"sha256:([0-9a-f]{64})", re.IGNORECASE)
_READ_BY_OTHERS = 0o006


class Right(Enum):
    """What a token may be for."""

    READ_QUERIES = "read-queries"
    CANCEL_QUERIES = "cancel-queries"
    WRITE = "write"
    NO_VALIDATE = "no-validate"
    LINK = "link"


_USUAL = (Right.WRITE, Right.READ_QUERIES, Right.CANCEL_QUERIES, Right.LINK)
"""What a token is for where its line does not say."""


@dataclass(frozen=True, slots=True)
class Token:
    """One line of the file: whose it is, the digest of the token, and its rights."""

    name: str
    digest: str
    rights: frozenset[Right]


@dataclass(frozen=True, slots=True)
class Access:
    """The tokens that there are, and whether anybody may write; `validate`: writes are held against the shapes."""

    tokens: tuple[Token, ...] = ()
    read_only: bool = False
    validate: bool = True

    def writers(self, *, unjudged: bool = False) -> bool:
        """Whether there is anybody who may write; `unjudged`: also what is not held against the shapes."""
        needed = {Right.WRITE, Right.NO_VALIDATE} if unjudged and self.validate else {Right.WRITE}
        return not self.read_only and any(needed <= token.rights for token in self.tokens)

    @property
    def reviewers(self) -> bool:
        """Whether there is anybody who may decide on mappings."""
        return not self.read_only and any(Right.LINK in token.rights for token in self.tokens)

    @property
    def told(self) -> str:
        """What the outside may know of it: whether there are such writers."""
        return f"{self.writers()} {self.writers(unjudged=True)} {self.reviewers}"


def read_tokens(path: Path) -> tuple[Token, ...]:
    """The tokens of a file.

    Raises `InputError` for a file that others may read or write, an unknown right, a token that is too short or given
    twice, and `UnreadableInput` where there is no such file.
    """
    try:
        mode = path.stat().st_mode
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise unusable(path, error) from error
    if mode & _READ_BY_OTHERS:
        raise InputError(
            f"{path} mag door iedereen op deze machine worden gelezen of beschreven. Sluit het af: chmod o-rw {path}",
            f"{path} may be read or written by anybody on this machine. Close it: chmod o-rw {path}",
        )
    bare = ((number, line.partition("#")[0].split()) for number, line in enumerate(lines, 1))
    tokens = tuple(_token(path, number, words) for number, words in bare if words)
    if len({token.digest for token in tokens}) < len(tokens):
        raise InputError(f"{path}: een token staat er twee keer in.", f"{path}: a token is in it twice.")
    return tokens


def require(request: Request, right: Right, sent: str = "") -> Token:
    """The token of a request, if it has the right; `sent` is one that came in a form, which then counts.

    Raises `HttpProblem` 401 without a known token (RFC 6750 §3), 403 without the right, and 403 where nobody has it.
    """
    access: Access = request.app.state.access
    if right in (Right.WRITE, Right.NO_VALIDATE, Right.LINK) and access.read_only:
        raise HttpProblem(
            403,
            "Deze server laat alleen lezen (--read-only).",
            "This server is for reading only (--read-only).",
        )
    if not any(right in token.rights for token in access.tokens):
        raise HttpProblem(
            403,
            f"Dit staat hier uit: niemand heeft het recht '{right.value}'. De beheerder geeft het met een token in het"
            " bestand van --update-token-file.",
            f"This is switched off here: nobody has the right '{right.value}'. The operator gives it with a token in"
            " the file of --update-token-file.",
        )
    shown = f"Bearer {sent}" if sent else request.headers.get("authorization", "")
    scheme, _, presented = shown.strip().partition(" ")
    if scheme.casefold() != "bearer":
        raise _unknown("", "Hiervoor is een token nodig.", "This needs a token.")
    holder = _holder(access.tokens, presented.strip())
    if holder is None:
        raise _unknown(', error="invalid_token"', "Dit token is hier niet bekend.", "This token is not known here.")
    if right not in holder.rights:
        raise HttpProblem(
            403,
            f"Dit token geeft geen recht op '{right.value}'.",
            f"This token does not give the right '{right.value}'.",
            {"www-authenticate": f'Bearer error="insufficient_scope", scope="{right.value}"'},
        )
    return holder


def _holder(tokens: tuple[Token, ...], presented: str) -> Token | None:
    """Compares with every token and its whole length, so that time tells nothing."""
    digest = hashlib.sha256(presented.encode("utf-8", "surrogateescape")).hexdigest()
    found = None
    for token in tokens:
        if hmac.compare_digest(token.digest, digest):
            found = token
    return found


def _token(path: Path, number: int, words: list[str]) -> Token:
    if len(words) > 3:
        raise _wrong(path, number, "hoogstens een naam, een token en rechten", "at most a name, a token and rights")
    name, secret = (f"{path.name}:{number}", words[0]) if len(words) == 1 else (words[0], words[1])
    named = words[2].split(",") if len(words) == 3 else [right.value for right in _USUAL]
    known = {right.value: right for right in Right}
    if not known.keys() >= set(named):
        listed = ", ".join(known)
        raise _wrong(path, number, f"de rechten zijn {listed}, met komma's", f"the rights are {listed}, with commas")
    digest = _DIGEST.fullmatch(secret)
    if digest is None and len(secret) < _SHORTEST:
        raise _wrong(
            path, number, f"een token telt minstens {_SHORTEST} tekens", f"a token has at least {_SHORTEST} characters"
        )
    hashed = digest[1].lower() if digest else hashlib.sha256(secret.encode()).hexdigest()
    return Token(name, hashed, frozenset(known[right] for right in named))


def _wrong(path: Path, number: int, nl: str, en: str) -> InputError:
    return InputError(f"{path}, regel {number}: {nl}.", f"{path}, line {number}: {en}.")


def _unknown(challenge: str, nl: str, en: str) -> HttpProblem:
    return HttpProblem(401, nl, en, {"www-authenticate": f'Bearer realm="vakgraaf"{challenge}'})
