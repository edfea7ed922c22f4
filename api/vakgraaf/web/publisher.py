"""What can be set about who offers the data: a part of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

if TYPE_CHECKING:  # who only asks for settings serves nothing, and should not wait for what serves
    from vakgraaf.web.catalog import Publisher

_ADDRESS = r"^((https?|urn|mailto):[^\s<>\"{}|^`\\]+)?$"


class PublisherOptions(BaseModel):
    """Settings with their defaults; the descriptions are the documentation."""

    publisher_name: str = Field(
        default="Vakgraaf", min_length=1, description="Who offers these data here: the publisher in the catalogue."
    )
    publisher_iri: str = Field(
        default="", pattern=_ADDRESS, description="The IRI of that publisher; without one, Vakgraaf's own."
    )
    publisher_contact: str = Field(
        default="",
        pattern=_ADDRESS,
        description="Where to turn to with questions about the data, as `https:…` or `mailto:…`; without one, the"
        " address of Vakgraaf.",
    )

    def publisher(self) -> Publisher:
        """Who the catalogue names."""
        from vakgraaf.web.catalog import Publisher

        return Publisher(self.publisher_name, self.publisher_iri, self.publisher_contact)
