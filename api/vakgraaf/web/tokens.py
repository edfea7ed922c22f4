"""Who may do what: bearer tokens (RFC 6750) from a file, each with its rights.

One token a line; what follows # is not read. A line is a token alone, which may then write; or a name and a token; or
these and the rights with commas between: `tuinbouw s3cr3t-of-zestien write,no-validate`. Instead of the token itself
its digest may stand there, as `sha256:` and 64 hexadecimal digits. Another file counts from the next request on.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from starlette.requests import Request

from vakgraaf.errors import InputError, unusable
from vakgraaf.web.problems import HttpProblem
from vakgraaf.web.watched_file import WatchedFile

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

_NAMED: dict[str, frozenset[Right]] = {
    **{right.value: frozenset((right,)) for right in Right},
    "publish": frozenset((Right.WRITE,)),
    "admin": frozenset(Right),
}
"""The rights by their names, and the names of several: a line of the file may have either."""

RIGHTS = tuple(_NAMED)
"""Every word for rights."""


@dataclass(frozen=True, slots=True)
class Token:
    """One line of the file: whose it is, the digest of the token, and its rights."""

    name: str
    digest: str
    rights: frozenset[Right]


@dataclass(frozen=True, slots=True)
class Access:
    """The file with tokens, and whether anybody may write; `validate`: writes are held against the shapes."""

    file: WatchedFile[tuple[Token, ...]] | None = None
    read_only: bool = False
    validate: bool = True

    @classmethod
    def of(cls, path: Path | None, *, read_only: bool, validate: bool) -> Access:
        """With the tokens of a file, if there is one. Raises what `read_tokens` raises."""
        return cls(None if path is None else WatchedFile(path, read_tokens, ()), read_only, validate)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens that there are at this moment."""
        return () if self.file is None else self.file.now()

    def writers(self, *, unjudged: bool = False) -> bool:
        """Whether there is anybody who may write; `unjudged`: also what is not held against the shapes."""
        needed = {Right.WRITE, Right.NO_VALIDATE} if unjudged and self.validate else {Right.WRITE}
        return not self.read_only and any(needed <= token.rights for token in self._lately)

    @property
    def reviewers(self) -> bool:
        """Whether there is anybody who may decide on mappings."""
        return not self.read_only and any(Right.LINK in token.rights for token in self._lately)

    @property
    def told(self) -> str:
        """What the outside may know of it, as it shows in the name of an answer: whether there are such writers."""
        if self.file is None:
            return "0"
        return "".join(str(int(some)) for some in (self.writers(), self.writers(unjudged=True), self.reviewers))

    @property
    def _lately(self) -> tuple[Token, ...]:
        return () if self.file is None else self.file.lately()


def read_tokens(path: Path) -> tuple[Token, ...]:
    """The tokens of a file.

    Raises `InputError` for a file that others may read or write or that is no text, an unknown right, a token that is
    too short or given twice, and `UnreadableInput` where there is no such file.
    """
    try:
        mode = path.stat().st_mode
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise unusable(path, error) from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path} is geen tekst in UTF-8. Schrijf het bestand opnieuw, met een token per regel.",
            f"{path} is no text in UTF-8. Write the file anew, with a token on each line.",
        ) from error
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


def new_token(name: str, rights: Iterable[str]) -> tuple[str, str]:
    """A token that nobody can guess (256 bits), and the line for the file, which has its digest only.

    Raises `InputError` for a name that cannot stand there and for an unknown right.
    """
    named = list(rights) or [right.value for right in _USUAL]
    for word in named:
        if word not in RIGHTS:
            raise InputError(
                f"'{word}' is geen recht. De rechten zijn {', '.join(RIGHTS)}.",
                f"'{word}' is no right. The rights are {', '.join(RIGHTS)}.",
            )
    secret = secrets.token_urlsafe(32)
    line = f"{name} sha256:{hashlib.sha256(secret.encode()).hexdigest()} {','.join(named)}"
    if len(line.partition("#")[0].split()) != 3:
        raise InputError(
            f"'{name}' kan geen naam zijn: er mogen geen spaties en geen # in staan.",
            f"'{name}' cannot be a name: it may have no spaces and no # in it.",
        )
    return secret, line


def require(request: Request, right: Right, sent: str = "") -> Token:
    """The token of a request, if it has the right; `sent` is one that came in a form, which then counts.

    Raises `HttpProblem` 401 without a known token (RFC 6750 §3), 403 without the right, and 403 where nobody has it.
    """
    access: Access = request.app.state.access
    tokens = access.tokens
    if right in (Right.WRITE, Right.NO_VALIDATE, Right.LINK) and access.read_only:
        raise HttpProblem(
            403,
            "Deze server laat alleen lezen (--read-only).",
            "This server is for reading only (--read-only).",
        )
    if not any(right in token.rights for token in tokens):
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
        raise _unknown(
            "",
            "Hiervoor is een token nodig, dat u van de beheerder krijgt. Een programma stuurt het mee in de header"
            " Authorization: Bearer …",
            "This needs a token, which the operator gives you. A program sends it along in the header"
            " Authorization: Bearer …",
        )
    holder = _holder(tokens, presented.strip())
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
    if not _NAMED.keys() >= set(named):
        listed = ", ".join(RIGHTS)
        raise _wrong(path, number, f"de rechten zijn {listed}, met komma's", f"the rights are {listed}, with commas")
    digest = _DIGEST.fullmatch(secret)
    if digest is None and len(secret) < _SHORTEST:
        raise _wrong(
            path, number, f"een token telt minstens {_SHORTEST} tekens", f"a token has at least {_SHORTEST} characters"
        )
    hashed = digest[1].lower() if digest else hashlib.sha256(secret.encode()).hexdigest()
    return Token(name, hashed, frozenset().union(*(_NAMED[word] for word in named)))


def _wrong(path: Path, number: int, nl: str, en: str) -> InputError:
    return InputError(f"{path}, regel {number}: {nl}.", f"{path}, line {number}: {en}.")


def _unknown(challenge: str, nl: str, en: str) -> HttpProblem:
    return HttpProblem(401, nl, en, {"www-authenticate": f'Bearer realm="vakgraaf"{challenge}'})
