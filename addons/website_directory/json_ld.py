"""What a sheet tells search engines, in the words of schema.org."""

import json

from markupsafe import Markup

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def get_json_ld(entry, base_url):
    """:return: dict, of what the page shows and nothing else"""
    told = {
        "@context": "https://schema.org",
        "@type": (entry.category_id and entry.category_id._get_inherited("schema_type"))
        or "Organization",
        "name": entry.name,
        "description": entry.summary,
        "url": f"{base_url}{entry._get_content_url()}",
        "telephone": entry.phone,
        "email": entry.email,
        "sameAs": entry.url,
        "image": entry.photo and f"{base_url}{entry._get_photo_url()}",
        "address": _get_address(entry),
        "areaServed": entry.is_itinerant and entry.commune_ids.mapped("name"),
        "geo": has_place(entry)
        and {
            "@type": "GeoCoordinates",
            "latitude": round(entry.latitude, 6),
            "longitude": round(entry.longitude, 6),
        },
        "openingHoursSpecification": [
            _get_hours(opening) for opening in entry.opening_ids if opening.weekday
        ],
    }
    return {name: value for name, value in told.items() if value}


def has_place(entry):
    return bool(entry.latitude or entry.longitude)


def dump(told):
    """Inside a script element: no "<" of anybody's ends it."""
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _get_address(entry):
    commune = entry.commune_ids[:1]
    if entry.is_itinerant or not commune:
        return False
    address = {
        "@type": "PostalAddress",
        "streetAddress": entry.street,
        "postalCode": commune.zip,
        "addressLocality": commune.name,
        "addressCountry": "FR",
    }
    return {name: value for name, value in address.items() if value}


def _get_hours(opening):
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": DAYS[int(opening.weekday)],
        "opens": _show_clock(opening.hour_from),
        "closes": _show_clock(opening.hour_to),
    }


def _show_clock(hour):
    minutes = min(round(hour * 60), 24 * 60 - 1)
    return f"{minutes // 60:02}:{minutes % 60:02}"
