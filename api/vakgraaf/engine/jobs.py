"""What a worker is asked for a query: the job that it makes, on the data of a version."""

from __future__ import annotations

from vakgraaf.engine import versions
from vakgraaf.engine.embedded_settings import EmbeddedSettings
from vakgraaf.engine.evaluation import Job
from vakgraaf.engine.guard import CheckedQuery
from vakgraaf.engine.interface import Dataset, Options
from vakgraaf.engine.state import Manifest
from vakgraaf.rdf.formats import Format


def job_of(
    query: CheckedQuery, form: Format, dataset: Dataset, options: Options, settings: EmbeddedSettings, now: Manifest
) -> Job:
    """The dataset of the protocol goes before FROM in the query, and that before the default (Protocol §2.1.4)."""
    default, named = dataset.default_graphs, dataset.named_graphs
    better = settings.rewrite and options.rewrite
    if default is not None or named is not None:
        job = Job(form.media_type, query.text, default_graphs=default or (), named_graphs=named or (), rewrite=better)
        return with_versions(job, settings, now, (*(default or ()), *(named or ())))
    # The unnamed graph already holds the union; the engine's own is a bag, and would also overrule FROM.
    job = Job(form.media_type, query.text, rewrite=better, names_graphs=query.names_graphs)
    return with_versions(job, settings, now) if query.names_graphs else job


def with_versions(job: Job, settings: EmbeddedSettings, now: Manifest, dataset: tuple[str, ...] = ()) -> Job:
    """The job with the versions of graphs that it names: workers open no files."""
    names = (*dataset, *versions.named_in(job.text or ""))
    folder = settings.state.versions(now)
    return job._replace(versions=versions.packed(folder, names)) if names else job
