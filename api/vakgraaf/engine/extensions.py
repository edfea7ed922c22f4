"""Functions beyond SPARQL that the engine brings: a part of GeoSPARQL."""

from __future__ import annotations

_GEO = "http://www.opengis.net/def/function/geosparql/"

EXTENSION_FUNCTIONS = tuple(
    _GEO + name
    for name in (
        "sfEquals sfDisjoint sfIntersects sfTouches sfCrosses sfWithin sfContains sfOverlaps"
        " ehEquals ehDisjoint ehMeet ehOverlap ehCovers ehCoveredBy ehInside ehContains"
        " rcc8eq rcc8dc rcc8ec rcc8po rcc8tppi rcc8tpp rcc8ntpp rcc8ntppi"
        " distance area length perimeter centroid convexHull envelope union intersection difference symDifference"
        " relate isEmpty isSimple dimension coordinateDimension spatialDimension getSRID asGeoJSON"
    ).split()
)
"""The IRIs of those functions."""
