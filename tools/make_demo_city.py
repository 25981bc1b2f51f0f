#!/usr/bin/env python3
"""Writes the demonstration city into data/demo: districts.geojson, places.geojson, procurement.jsonl.

Almaty's eight districts with their real names, outlines drawn by hand as a schematic (they only keep the
neighbours right), and places, works, buyers and suppliers that are made up. The same every time.
usage: make_demo_city.py
"""
import datetime
import json
import pathlib
import random
import sys

OUT = pathlib.Path(__file__).resolve().parent.parent / "data" / "demo"

# Corner points of a schematic map; shared corners keep the outlines free of gaps.
P = {
    "a": (76.740, 43.320), "b": (76.835, 43.345), "c": (76.905, 43.330), "d": (76.945, 43.390), "e": (77.060, 43.395),
    "f": (77.075, 43.300), "g": (76.975, 43.300), "h": (76.940, 43.262), "i": (76.965, 43.262), "j": (77.040, 43.262),
    "k": (76.905, 43.262), "l": (76.860, 43.262), "m": (76.810, 43.262), "n": (76.740, 43.250), "o": (76.860, 43.222),
    "p": (76.905, 43.238), "q": (76.955, 43.238), "r": (76.810, 43.222), "s": (76.745, 43.175), "t": (76.850, 43.140),
    "u": (76.955, 43.100), "v": (77.120, 43.080), "w": (77.110, 43.235), "x": (76.905, 43.300),
}
DISTRICTS = [
    ("alatau", "Алатау ауданы", "Алатауский район", "Alatau district", "abxlmn"),
    ("zhetisu", "Жетісу ауданы", "Жетысуский район", "Zhetisu district", "cdgihkx"),
    ("turksib", "Түрксіб ауданы", "Турксибский район", "Turksib district", "defg"),
    ("almaly", "Алмалы ауданы", "Алмалинский район", "Almaly district", "xkhiqpol"),
    ("auezov", "Әуезов ауданы", "Ауэзовский район", "Auezov district", "mlor"),
    ("bostandyk", "Бостандық ауданы", "Бостандыкский район", "Bostandyk district", "ropqut"),
    ("medeu", "Медеу ауданы", "Медеуский район", "Medeu district", "gfjwvuqi"),
    ("nauryzbay", "Наурызбай ауданы", "Наурызбайский район", "Nauryzbay district", "nmrts"),
]
# kind, kk, ru, en, works kk/ru/en
SITES = [
    ("road_section", "{s} көшесінің учаскесі", "Участок улицы {s}", "Section of {s} street", "Жол төсемін орташа жөндеу", "Средний ремонт дорожного покрытия", "Medium repair of the road surface", 24, 6),
    ("playground", "{s} көшесіндегі балалар алаңы", "Детская площадка по улице {s}", "Playground on {s} street", "Балалар алаңын орнату", "Устройство детской площадки", "Installation of a playground", 9, 2),
    ("sports_ground", "{s} көшесіндегі спорт алаңы", "Спортивная площадка по улице {s}", "Sports ground on {s} street", "Спорт алаңын жаңарту", "Обновление спортивной площадки", "Renewal of a sports ground", 12, 2),
    ("park", "«{s}» саябағы", "Парк «{s}»", "{s} park", "Саябақты абаттандыру", "Благоустройство парка", "Improvement of the park", 48, 3),
    ("public_space", "«{s}» гүлзары", "Сквер «{s}»", "{s} public garden", "Гүлзарды қайта жаңғырту", "Реконструкция сквера", "Reconstruction of the public garden", 31, 3),
    ("stop", "«{s}» аялдамасы", "Остановка «{s}»", "{s} bus stop", "Аялдама павильонын орнату", "Установка остановочного павильона", "Installation of a bus shelter", 5, 1),
    ("building", "{s} көшесіндегі емхана ғимараты", "Здание поликлиники по улице {s}", "Outpatient clinic on {s} street", "Ғимаратты күрделі жөндеу", "Капитальный ремонт здания", "Capital repair of the building", 85, 5),
]
STREETS = [("Алмалыбақ", "Алмалыбак", "Almalybak"), ("Қарлығаш", "Карлыгаш", "Qarlygash"), ("Жетібұлақ", "Жетыбулак", "Zhetibulaq"),
           ("Бәйтерек", "Байтерек", "Bayterek"), ("Ақсай", "Аксай", "Aqsay"), ("Тұлпар", "Тулпар", "Tulpar"),
           ("Шұғыла", "Шугыла", "Shugyla"), ("Көктем", "Коктем", "Koktem"), ("Самал", "Самал", "Samal"),
           ("Үркер", "Уркер", "Urker"), ("Дархан", "Дархан", "Darkhan"), ("Жеңіс", "Женис", "Zhenis"),
           ("Өркен", "Оркен", "Orken"), ("Балауса", "Балауса", "Balausa"), ("Қайнар", "Кайнар", "Qaynar"),
           ("Ынтымақ", "Ынтымак", "Yntymaq"), ("Арман", "Арман", "Arman"), ("Нұрлы", "Нурлы", "Nurly")]
SUPPLIERS = ["ЖШС «Жол-Сапа»", "ЖШС «Тасжол Құрылыс»", "ТОО «АлаГрад Строй»", "ТОО «Бирлик Парк»", "ЖШС «Көктөбе Абат»",
             "ТОО «СеверДор»", "ЖШС «Ұста-К»", "ТОО «Мерей-Монтаж»", "ИП «Ерлан Сервис»"]


def check_digit(eleven):
    for weights in (range(1, 12), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)):
        rest = sum(int(d) * w for d, w in zip(eleven, weights)) % 11
        if rest < 10:
            return str(rest)
    return None


def bin_number(rng):
    while True:
        eleven = f"{rng.randint(5, 23):02d}{rng.randint(1, 12):02d}4{rng.randint(0, 3)}{rng.randint(0, 99999):05d}"
        digit = check_digit(eleven)
        if digit:
            return eleven + digit


def inside(point, ring):
    x, y = point
    result = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            result = not result
    return result


def ring_of(corners):
    ring = [P[c] for c in corners]
    area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]))
    if area < 0:
        ring.reverse()  # RFC 7946: outer rings run counter-clockwise
    return ring + ring[:1]


def point_in(ring, rng):
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    while True:
        point = (round(rng.uniform(min(xs), max(xs)), 6), round(rng.uniform(min(ys), max(ys)), 6))
        near = [(point[0] + dx, point[1] + dy) for dx in (-0.006, 0.006) for dy in (-0.005, 0.005)]
        if all(inside(q, ring) for q in near):
            return point


def geometry(kind, point, rng):
    x, y = point
    if kind == "road_section":
        dx, dy = rng.uniform(0.002, 0.005), rng.uniform(-0.0004, 0.0004)
        line = [[round(x - dx, 6), round(y - dy, 6)], [x, round(y + 0.0001, 6)], [round(x + dx, 6), round(y + dy, 6)]]
        return {"type": "LineString", "coordinates": line}
    if kind in ("park", "public_space", "playground", "sports_ground"):
        w, h = {"park": (0.0028, 0.0018), "public_space": (0.0012, 0.0009)}.get(kind, (0.0003, 0.0002))
        ring = [(x - w, y - h), (x + w, y - h), (x + w, y + h), (x - w, y + h), (x - w, y - h)]
        return {"type": "Polygon", "coordinates": [[[round(a, 6), round(b, 6)] for a, b in ring]]}
    return {"type": "Point", "coordinates": [x, y]}


def day(date):
    return date.isoformat() + "T10:00:00+05:00"


def process(number, place, buyer, supplier, rivals, amount, rng, start):
    """An OCDS compiled release of the contract behind a place."""
    single = rng.random() < 0.30
    bidders = [supplier] if single else [supplier] + rng.sample([r for r in rivals if r != supplier], rng.randint(1, 3))
    length = rng.choice([3, 4, 15, 16, 21]) if rng.random() < 0.5 else rng.randint(15, 24)
    published = start - datetime.timedelta(days=75)
    closes = published + datetime.timedelta(days=length)
    award, signed = closes + datetime.timedelta(days=6), closes + datetime.timedelta(days=16)
    end = signed + datetime.timedelta(days=120)
    share = 0.995 if single else rng.uniform(0.82, 0.98)
    price = round(amount * share, 2)
    party = lambda who, roles: {"id": "KZ-BIN-" + who[1], "name": who[0], "identifier": {"scheme": "KZ-BIN", "id": who[1], "legalName": who[0]},
                                "address": {"countryName": "Қазақстан", "locality": place["properties"]["district_ru"]}, "roles": roles}
    ref = lambda who: {"id": "KZ-BIN-" + who[1], "name": who[0]}
    money = lambda value: {"amount": value, "currency": "KZT"}
    title = place["properties"]["works_ru"] + ", " + place["properties"]["name_ru"]
    bids = [{"id": f"{number}-{n}", "date": day(closes - datetime.timedelta(days=1)), "status": "valid", "tenderers": [ref(b)],
             "value": money(price if b == supplier else round(price * rng.uniform(1.004, 1.03), 2)), "relatedLots": ["1"]}
            for n, b in enumerate(bidders, 1)]
    return {
        "ocid": f"ocds-adaldm-{number}", "id": f"ocds-adaldm-{number}-1", "date": day(signed), "tag": ["compiled"], "initiationType": "tender", "language": "ru",
        "parties": [party(buyer, ["buyer", "procuringEntity"])] + [party(b, ["tenderer", "supplier"] if b == supplier else ["tenderer"]) for b in bidders],
        "buyer": ref(buyer),
        "tender": {"id": str(number), "title": title, "description": title, "status": "complete", "value": money(amount),
                   "procurementMethod": "open", "procurementMethodDetails": "Открытый конкурс", "mainProcurementCategory": "works",
                   "datePublished": day(published), "tenderPeriod": {"startDate": day(published), "endDate": day(closes)},
                   "numberOfTenderers": len(bidders), "tenderers": [ref(b) for b in bidders], "procuringEntity": ref(buyer),
                   "items": [{"id": "1", "description": title, "classification": {"scheme": "ENSTRU", "id": "429919.900.000000"}, "quantity": 1, "relatedLot": "1"}],
                   "lots": [{"id": "1", "title": title, "status": "complete", "value": money(amount)}]},
        "bids": {"details": bids},
        "awards": [{"id": f"a{number}", "title": title, "status": "active", "date": day(award), "value": money(price), "suppliers": [ref(supplier)], "relatedLots": ["1"]}],
        "contracts": [{"id": f"c{number}", "awardID": f"a{number}", "title": title, "status": "active", "value": money(price), "dateSigned": day(signed),
                       "period": {"startDate": day(signed), "endDate": day(end)}}],
    }, supplier, price, signed, end


def main():
    if len(sys.argv) > 1:
        sys.exit(__doc__)
    rng = random.Random(20260129)
    OUT.mkdir(parents=True, exist_ok=True)
    rings = {d[0]: ring_of(d[4]) for d in DISTRICTS}
    features = [{"type": "Feature", "id": i, "properties": {"id": i, "name_kk": kk, "name_ru": ru, "name_en": en},
                 "geometry": {"type": "Polygon", "coordinates": [[list(p) for p in rings[i]]]}} for i, kk, ru, en, _ in DISTRICTS]
    (OUT / "districts.geojson").write_text('{"type":"FeatureCollection","features":[\n' + ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features) + "\n]}\n")

    suppliers = [(name, bin_number(rng)) for name in SUPPLIERS]
    buyers = {d[0]: (f"КГУ «Управление городской среды: {d[2]}»", bin_number(rng)) for d in DISTRICTS}
    places, releases, number = [], [], 26000001
    for district, kk, ru, en, _ in DISTRICTS:
        for n in range(8):
            kind, *words = SITES[(n + len(places) // 8) % len(SITES)]
            name_kk, name_ru, name_en, works_kk, works_ru, works_en, millions, years = words
            s_kk, s_ru, s_en = STREETS[(len(places) * 5 + n) % len(STREETS)]
            start = datetime.date(2026, 4, 1) + datetime.timedelta(days=rng.randint(-120, 120))
            amount = round(millions * 1e6 * rng.uniform(0.7, 1.4), 2)
            place = {"type": "Feature", "id": f"demo-{len(places) + 1}",
                     "properties": {"id": f"demo-{len(places) + 1}", "kind": kind, "name_kk": name_kk.format(s=s_kk), "name_ru": name_ru.format(s=s_ru),
                                    "name_en": name_en.format(s=s_en), "address": f"{s_kk} көшесі, {rng.randint(1, 160)}", "district": district,
                                    "district_ru": ru, "works_kk": works_kk, "works_ru": works_ru, "works_en": works_en,
                                    "restricted": False},
                     "geometry": geometry(kind, point_in(rings[district], rng), rng)}
            release, supplier, price, signed, end = process(number, place, buyers[district], rng.choice(suppliers), suppliers, amount, rng, start)
            place["properties"] |= {"status": "done" if end < datetime.date(2026, 9, 1) else "in_progress", "start": signed.isoformat(), "end": end.isoformat(),
                                    "ocid": release["ocid"], "buyer": buyers[district][0], "contractor": supplier[0], "amount": price,
                                    "warranty_until": end.replace(year=end.year + years, day=min(end.day, 28)).isoformat()}
            del place["properties"]["district_ru"]
            places.append(place)
            releases.append(release)
            number += 1
    places[-1]["properties"] |= {"restricted": True, "name_kk": "Су қоймасының күзет аймағы", "name_ru": "Охранная зона водохранилища", "name_en": "Guarded zone of the reservoir"}
    (OUT / "places.geojson").write_text('{"type":"FeatureCollection","features":[\n' + ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in places) + "\n]}\n")
    (OUT / "procurement.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False, separators=(",", ":")) + "\n" for r in releases))
    print(len(features), "districts,", len(places), "places,", len(releases), "processes in", OUT.name)


main()
