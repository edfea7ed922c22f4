"""What can be set about search: a part of the settings."""

from __future__ import annotations

from pydantic import BaseModel, Field


class SearchOptions(BaseModel):
    """Settings with their defaults; the descriptions are the documentation."""

    search: bool = Field(
        default=True, description="Whether there is an index of all texts, for `/search` and `/suggest`."
    )
    search_after_s: float = Field(
        default=2.0,
        ge=0,
        description="How long after the start, and after the last write, the index for search is made anew, in"
        " seconds. The one of before serves until the new one is complete.",
    )
    search_refresh_s: float = Field(
        default=3600.0,
        gt=0,
        description="How often the index for search is made anew where nobody tells when the data change, in seconds:"
        " in front of another server without `VAKGRAAF_REMOTE_VERSION`.",
    )
    search_timeout_s: float = Field(default=2.0, gt=0, description="How long one search may take, in seconds.")
    search_workers: int = Field(default=2, ge=1, description="How many processes search at once; others wait for them.")
