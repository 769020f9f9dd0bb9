"""Located claims and events as GeoJSON (RFC 7946): points in WGS 84, longitude before latitude."""

from __future__ import annotations

from typing import IO, Any

import orjson

from extractor.writers.flat import flat


class GeoJsonWriter:
    """A feature for each event whose place has coordinates; its properties are the columns of the flat row."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._count = 0
        stream.write(b'{"type":"FeatureCollection","features":[')

    def write(self, line: bytes) -> None:
        """Add the located events of the record."""
        document = orjson.loads(line)
        for event in document["events"]:
            point = coordinates(event.get("place"))
            if point is None:
                continue
            properties = {key: value for key, value in flat(document, event).items() if key not in ("lat", "lon")}
            feature = {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": point},
                "properties": properties,
            }
            self._stream.write((b",\n" if self._count else b"\n") + orjson.dumps(feature))
            self._count += 1

    def close(self) -> None:
        """Write the end of the collection."""
        self._stream.write(b"\n]}\n")
        self._stream.flush()


def coordinates(place: Any) -> list[float] | None:
    """[longitude, latitude] of a place in degrees; None where it has none, or none that lie on the globe."""
    if not place or place.get("lat") is None or place.get("lon") is None:
        return None
    lat, lon = place["lat"], place["lon"]
    return [lon, lat] if -90 <= lat <= 90 and -180 <= lon <= 180 else None
