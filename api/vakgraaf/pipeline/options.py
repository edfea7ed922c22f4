"""What can be set about validating what is handed in: a part of the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import BaseModel, Field

if TYPE_CHECKING:  # who only asks for settings judges nothing, and should not wait for what judges
    from vakgraaf.pipeline.trials import TrialLimits


class ValidationOptions(BaseModel):
    """Settings with their defaults; the descriptions are the documentation."""

    max_validate_bytes: int = Field(
        default=16 * 1024**2, ge=1, description="How much may be handed in at once to be validated, in bytes."
    )
    validate_pages: int = Field(
        default=1000, ge=1, description="How many pages a document that is handed in to be validated may have."
    )
    validate_timeout_s: float = Field(
        default=30.0, gt=0, description="How long validating what was handed in may take, in seconds."
    )
    validate_memory_mb: int = Field(
        default=1024,
        ge=64,
        description="How much memory validating may take on top of what its process begins with, in megabytes.",
    )
    validate_queue: int = Field(
        default=16, ge=0, description="How many requests for validation may wait for the one that is being answered."
    )

    def trial_limits(self) -> TrialLimits:
        """What validating may take."""
        from vakgraaf.pipeline.trials import TrialLimits

        return TrialLimits(
            max_bytes=self.max_validate_bytes,
            pages=self.validate_pages,
            seconds=self.validate_timeout_s,
            memory_mb=self.validate_memory_mb,
            waiting=self.validate_queue,
        )
