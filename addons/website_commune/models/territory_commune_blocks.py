import re
from textwrap import shorten

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import is_html_empty

from ..blocks import Block, ShownBlock
from ..json_ld import make_json_ld

# "Fuite, jour et nuit : 03 53 01 00 50"
FACT = re.compile(r"^(?P<name>[^:]{1,80}?)\s*:\s+(?P<text>.+)$")
# What search engines show of it.
DESCRIPTION_MAX = 200
PHONE = re.compile(r"(\b0[1-9](?:[\s.]?\d{2}){4}\b)")


class TerritoryCommuneBlocks(models.AbstractModel):
    """What the page of a commune shows: its blocks, and what each of them says."""

    _name = "territory.commune.blocks"
    _description = "Blocks of the page of a commune"

    @api.model
    def _get_block_types(self):
        """Hook: the blocks of a page. An addon adds its own, and `_prepare_<code>_block()`.

        :return: dict code -> Block
        """
        env = self.env
        prefix = "website_commune.block_"
        return {
            "town_hall": Block(env._("The town hall"), "mairie", f"{prefix}town_hall", 10),
            "body": Block(env._("The village"), "village", f"{prefix}body", 20, is_own=True),
            "members": Block(
                env._("Your elected members"), "elus", f"{prefix}members", 50, is_own=True
            ),
            "rooms": Block(env._("Rooms to hire"), "salles", f"{prefix}rooms", 60, is_own=True),
            "water": Block(env._("Water"), "eau", f"{prefix}facts", 70, is_own=True),
            "practical": Block(
                env._("Good to know"), "pratique", f"{prefix}facts", 80, is_own=True
            ),
            "services": Block(env._("Who answers you"), "services", f"{prefix}services", 90),
            "pages": Block(env._("To read"), "pages", f"{prefix}pages", 120, is_own=True),
            "links": Block(env._("Links"), "liens", f"{prefix}links", 900, "side"),
        }

    def _get_shared_blocks(self):
        """dict key -> (Block, record): what the intercommunality tells here."""
        shared = self.env["commune.shared.block"].search(
            Domain("commune_ids", "=", False) | Domain("commune_ids", "in", self._origin.ids)
        )
        return {
            f"shared-{record.id}": (
                Block(
                    record.name,
                    f"bloc-{record.id}",
                    "website_commune.block_shared",
                    200 + record.sequence,
                    record.place,
                ),
                record,
            )
            for record in shared
        }

    def _get_page_blocks(self):
        """What the page shows: the blocks that the commune arranged, in its order, then the
        others at their rank; neither hidden nor empty ones.

        :return: list of ShownBlock
        """
        self.ensure_one()
        shared = self._get_shared_blocks()
        blocks = self._get_block_types() | {key: block for key, (block, _record) in shared.items()}
        if self.page_state == "closed":
            blocks = {key: block for key, block in blocks.items() if not block.is_own}
        lines = {line._get_key(): line for line in self.block_ids.sorted("sequence")}
        keys = [key for key in lines if key in blocks]
        keys += sorted(blocks.keys() - lines.keys(), key=lambda key: blocks[key].rank)
        shown = []
        for key in keys:
            if key in lines and lines[key].is_hidden:
                continue
            if key in shared:
                values = {"shared": shared[key][1]}
            else:
                values = getattr(self, f"_prepare_{key}_block")()
            if values:
                shown.append(ShownBlock(key, blocks[key], values))
        return shown

    # ------------------------------------------------------------
    # One method for each block: what it shows; nothing when it is empty
    # ------------------------------------------------------------

    def _prepare_town_hall_block(self):
        service = self.town_hall_id
        if not service:
            return {}
        # What the commune itself wrote is not shown while its page is closed.
        is_open = self.page_state != "closed"
        own = {name: is_open and self[name] for name in ("contact_name", "access")}
        known = (self.phone, self.email, self.street, *own.values())
        week = self.week_opening_ids._get_week()
        exceptions = [
            each._get_exception_sentence() for each in self.exception_ids._filtered_told()
        ]
        if not (any(known) or week or exceptions or self.opening_note):
            return {}
        return {
            "service": service,
            **own,
            "opening": self._get_opening_state(),
            "week": week,
            "exceptions": exceptions,
            "address": ", ".join(
                filter(None, [self.street, f"{service.zip or self.zip or ''} {self.name}"])
            )
            if self.street
            else "",
        }

    def _prepare_body_block(self):
        has_body = not is_html_empty(self.body)
        return {"has_body": has_body} if has_body or self.photo else {}

    def _prepare_members_block(self):
        return {"members": self.member_ids} if self.member_ids else {}

    def _prepare_rooms_block(self):
        return {"rooms": self.room_ids} if self.room_ids else {}

    def _prepare_water_block(self):
        facts = self._read_facts(self.water)
        return {"facts": facts} if facts else {}

    def _prepare_practical_block(self):
        facts = self._read_facts(self.practical)
        return {"facts": facts} if facts else {}

    def _prepare_pages_block(self):
        pages = self._get_online_pages()
        return {"pages": pages} if pages else {}

    def _prepare_links_block(self):
        """What the commune gave, PanneauPocket too: nothing while its page is closed."""
        if self.page_state == "closed" or not (self.panneaupocket_url or self.link_ids):
            return {}
        return {"links": self.link_ids, "panneaupocket_url": self.panneaupocket_url}

    def _prepare_services_block(self):
        """The services of the intercommunality that can be reached, and the schools of the
        commune."""
        covering = Domain("commune_ids", "=", False) | Domain("commune_ids", "in", self._origin.ids)
        services = self.env["territory.service"].search(
            covering
            & Domain("kind", "!=", "town_hall")
            & (Domain("phone", "!=", False) | Domain("email", "!=", False))
        )
        return {"services": services} if services else {}

    @api.model
    def _read_facts(self, text):
        """[dict(name, parts)]: lines as a person types them, "Key: at the bakery". A part is
        dict(text, phone): a telephone number can be called."""
        facts = []
        for line in (text or "").splitlines():
            line = line.strip()
            if not line:
                continue
            match = FACT.match(line)
            words = match["text"] if match else line
            words = words[0].upper() + words[1:]
            parts = [
                {"text": part, "phone": bool(PHONE.fullmatch(part))}
                for part in PHONE.split(words)
                if part
            ]
            facts.append({"name": match["name"] if match else "", "parts": parts})
        return facts

    # ------------------------------------------------------------
    # The page
    # ------------------------------------------------------------

    def _get_page_values(self):
        """What the template of the page reads: also that of a revision, before it is published."""
        self.ensure_one()
        blocks = self._get_page_blocks()
        opening = self._get_opening_state() if self.town_hall_id else None
        return {
            "commune": self,
            "main_blocks": [each for each in blocks if each.block.place == "main"],
            "side_blocks": [each for each in blocks if each.block.place == "side"],
            "opening": opening,
            "said_until": opening.said_until if opening else None,
            "lacks_town_hall": not any(shown.key == "town_hall" for shown in blocks)
            and not self._prepare_town_hall_block(),
            "summary": self._get_summary(),
            "website_meta_description": self._get_meta_description(),
            "json_ld": make_json_ld(self, blocks),
        }

    def _get_opening_line(self, opening):
        """The sentence of the town hall, away from its title: "Mairie ouverte, ferme à 13 h"."""
        if not opening.sentence:
            return ""
        sentence = opening.sentence[0].lower() + opening.sentence[1:]
        return self.env._("Town hall %(sentence)s", sentence=sentence)

    def _get_brief(self):
        """Hook: some lines for those who live there, the same for every reader.

        :return: list of dict(icon, text, opening, url, label); the last three may lack
        """
        self.ensure_one()
        service = self.town_hall_id
        if not service:
            return []
        opening = service._get_opening_state()
        item = {"icon": "building-community", "text": service.name}
        if opening.state:
            item |= {"opening": opening, "text": self._get_opening_line(opening)}
        if service.phone:
            item |= {
                "url": self.env["website"]._get_tel_href(service.phone),
                "label": service.phone,
            }
        return [item]

    def _get_summary(self):
        """Under the name: its line, and how many live there."""
        people = (
            self.env._("%(number)s inhabitants", number=f"{self.population:,}".replace(",", "\xa0"))
            if self.population
            else ""
        )
        tagline = self.tagline if self.page_state != "closed" else ""
        return ", ".join(filter(None, [tagline, people]))

    def _get_meta_description(self):
        parts = [
            self.env._("%(commune)s (%(zip)s)", commune=self.name, zip=self.zip)
            if self.zip
            else self.name,
            self._get_summary(),
            self.env._("town hall, opening hours, procedures and services."),
        ]
        former = self._get_former_names()
        if former:
            parts.insert(1, self.env._("with %(names)s", names=", ".join(former)))
        return shorten(", ".join(filter(None, parts)), DESCRIPTION_MAX, placeholder="…")
