"""The page of a commune as search engines read it."""

from odoo.tools.json import scriptsafe

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def make_json_ld(commune, blocks):
    """What the page does not show is not told here either."""
    url = commune.get_base_url() + commune._get_content_url()
    city = {
        "@type": "City",
        "@id": f"{url}#commune",
        "name": commune.name,
        "url": url,
        "identifier": commune.insee_code,
        "alternateName": commune._get_former_names(),
    }
    if commune.latitude and commune.longitude:
        city["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": commune.latitude,
            "longitude": commune.longitude,
        }
    graph = [city]
    shown = {each.key: each.values for each in blocks}
    if "town_hall" in shown:
        graph.append(_make_town_hall(commune, shown["town_hall"], url))
    graph = [{key: value for key, value in node.items() if value} for node in graph]
    return scriptsafe.dumps({"@context": "https://schema.org", "@graph": graph})


def _make_town_hall(commune, values, url):
    service = values["service"]
    openings = commune._get_openings()
    node = {
        "@type": "GovernmentOffice",
        "name": service.name,
        "url": f"{url}#mairie",
        "telephone": commune.phone,
        "email": commune.email,
        "areaServed": {"@id": f"{url}#commune"},
        "openingHoursSpecification": [
            *map(_make_week, openings.filtered("weekday")),
            *map(_make_exception, openings._filtered_told()),
        ],
    }
    if commune.street:
        node["address"] = {
            "@type": "PostalAddress",
            "streetAddress": commune.street,
            "postalCode": service.zip or commune.zip or "",
            "addressLocality": service.city or commune.name,
            "addressCountry": "FR",
        }
    return node


def _make_week(opening):
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": f"https://schema.org/{DAYS[int(opening.weekday)]}",
        **_make_hours(opening),
    }


def _make_exception(opening):
    return {
        "@type": "OpeningHoursSpecification",
        "validFrom": opening.date_start.isoformat(),
        "validThrough": (opening.date_end or opening.date_start).isoformat(),
        **_make_hours(opening),
    }


def _make_hours(opening):
    """Closed all day: from midnight to midnight. schema.org ends a day at 23:59."""
    hours = (round(hour * 60) for hour in (opening.hour_from, opening.hour_to))
    opens, closes = (f"{minutes // 60:02}:{minutes % 60:02}" for minutes in hours)
    if opens == closes:
        opens = closes = "00:00"
    return {"opens": opens, "closes": "23:59" if closes == "24:00" else closes}
