#!/usr/bin/env python3
"""Writes OCDS JSON lines to measure screening with: made-up Kazakh releases, or real ones repeated.

usage: make_releases.py kz COUNT [SEED] > big.jsonl
       make_releases.py repeat BYTES FILE… > big.jsonl
       make_releases.py change SHARE FILE > changed.jsonl
kz: COUNT releases of about 6.3 KB with buyers, bids, awards and contracts; the same SEED gives the same bytes.
repeat: the lines of the files again and again, each time with ocids of their own, until there are BYTES.
change: the file with every (1/SHARE)-th line changed in its date, as a day's import changes a part of them.
"""
import json
import random
import re
import sys

DISTRICTS = ["Алатауский", "Алмалинский", "Ауэзовский", "Бостандыкский", "Жетысуский", "Медеуский", "Наурызбайский", "Турксибский"]
GOODS = [("421120.100.000000", "Работы по ремонту автомобильной дороги", "works"), ("439919.335.000000", "Работы по благоустройству дворов", "works"),
         ("262015.000.000018", "Комплекс медицинский", "goods"), ("310011.500.000005", "Стул ученический", "goods"),
         ("192026.510.000000", "Топливо дизельное зимнее", "goods"), ("331312.100.000000", "Услуги по ремонту оборудования", "services")]
METHODS = [("open", "Открытый конкурс"), ("open", "Запрос ценовых предложений"), ("selective", "Конкурс с предварительным отбором"),
           ("direct", "Из одного источника путем прямого заключения договора")]
FIRMS = 3000
BUYERS = 400


def firm(number):
    return {"id": f"KZ-BIN-{100000000000 + number * 7919:012d}", "name": f"ТОО \"Құрылыс-{number}\""}


def buyer(number):
    return {"id": f"KZ-BIN-{200000000000 + number * 104729:012d}", "name": f"КГУ \"Управление {DISTRICTS[number % 8]} район города Алматы\" №{number}"}


def party(who, role, number):
    place = DISTRICTS[number % 8] + " район"
    return {**who, "identifier": {"scheme": "KZ-BIN", "id": who["id"][7:], "legalName": who["name"]},
            "address": {"streetAddress": f"г.Алматы, {place}, ул.Жандосова, {number % 200 + 1}", "region": "750000000", "locality": place,
                        "postalCode": f"7{5 + number % 8}1210000", "countryName": "Казахстан"},
            "contactPoint": {"telephone": f"+7727{3000000 + number}", "name": "Иванов И.И."}, "roles": [role]}


def money(amount):
    return {"amount": round(amount, 2), "currency": "KZT"}


def moment(rng, month, day):
    return f"20{rng.randint(22, 25)}-{month:02d}-{day:02d}T{rng.randint(9, 18):02d}:{rng.randint(0, 59):02d}:00+05:00"


def bids_of(rng, tenderers, estimate, number, day):
    bids = []
    for i, who in enumerate(tenderers):
        share = 0.95 if rng.random() < 0.05 else rng.uniform(0.6, 1.0)
        status = "disqualified" if rng.random() < 0.15 else "valid"
        bids.append({"id": f"{number}-{i}", "date": day, "status": status, "tenderers": [who], "value": money(estimate * share), "relatedLots": [str(number)]})
    return bids


def release(rng, number):
    code, title, category = rng.choice(GOODS)
    method, details = rng.choice(METHODS)
    customer = buyer(rng.randrange(BUYERS))
    people = [firm(n) for n in rng.sample(range(FIRMS), 1 if method == "direct" else rng.choice([1, 1, 2, 2, 3, 4, 5]))]
    estimate = rng.lognormvariate(16, 1.5)
    start, end, signed = (moment(rng, m, rng.randint(1, 28)) for m in (4, 5, 6))
    bids = bids_of(rng, people, estimate, number, start)
    valid = sorted((b for b in bids if b["status"] == "valid"), key=lambda b: b["value"]["amount"])
    item = {"id": "1", "description": title, "classification": {"scheme": "ENSTRU", "id": code, "description": title}, "quantity": rng.randint(1, 50),
            "unit": {"name": "Штука", "value": money(estimate / 10)}, "relatedLot": str(number)}
    documents = [{"id": str(i), "documentType": kind, "title": name, "url": f"https://goszakup.example/{number}/{i}", "format": "application/pdf",
                  "language": "ru", "datePublished": start} for i, (kind, name) in enumerate([("technicalSpecifications", "Техническая спецификация"),
                 ("contractDraft", "Проект договора"), ("biddingDocuments", "Конкурсная документация")])]
    out = {"ocid": f"ocds-kz9z9z-{number}", "id": f"ocds-kz9z9z-{number}-1", "date": signed, "tag": ["compiled"], "initiationType": "tender", "language": "ru",
           "parties": [party(customer, "buyer", number % BUYERS)] + [party(p, "tenderer", int(p["id"][-6:]) % FIRMS) for p in people], "buyer": customer,
           "tender": {"id": str(number), "title": title, "description": f"{title} в соответствии с технической спецификацией. Место поставки: г.Алматы. " * 4,
                      "status": "complete" if valid else "unsuccessful", "value": money(estimate), "procurementMethod": method, "procurementMethodDetails": details,
                      "mainProcurementCategory": category, "awardCriteria": "priceOnly", "submissionMethod": ["electronicSubmission"],
                      "tenderPeriod": {"startDate": start, "endDate": end}, "numberOfTenderers": len(people), "tenderers": people, "procuringEntity": customer,
                      "items": [item], "lots": [{"id": str(number), "title": title, "status": "complete", "value": money(estimate)}], "documents": documents},
           "bids": {"details": bids}}
    if valid:
        price, winner = valid[0]["value"], valid[0]["tenderers"]
        out["awards"] = [{"id": f"a{number}", "title": title, "status": "active", "date": signed, "value": price, "suppliers": winner, "items": [item], "relatedLots": [str(number)]}]
        out["contracts"] = [{"id": f"c{number}", "awardID": f"a{number}", "status": "active", "title": title, "dateSigned": signed,
                             "period": {"startDate": signed, "endDate": moment(rng, 12, 28)}, "value": price, "items": [item], "implementation": {"transactions": [
                                 {"id": f"t{number}-{i}", "date": signed, "value": money(price["amount"] / 3)} for i in range(3)]}}]
    return out


def kz(count, seed):
    rng = random.Random(seed)
    for number in range(count):
        print(json.dumps(release(rng, 17000000 + number), ensure_ascii=False, separators=(",", ":")))


def repeat(total, files):
    lines = [line for name in files for line in open(name, "rb") if line.strip()]
    written = copy = 0
    while written < total:
        for line in lines:
            changed = line.rstrip(b"\n").replace(b'"ocid":"', b'"ocid":"%d-' % copy, 1).replace(b'"ocid": "', b'"ocid": "%d-' % copy, 1) + b"\n"
            sys.stdout.buffer.write(changed)
            written += len(changed)
        copy += 1


def change(share, file):
    every = round(1 / share)
    with open(file, "rb") as lines:
        for number, line in enumerate(lines):
            changed = re.sub(rb'"date":( ?)"20..', rb'"date":\1"2019', line, count=1) if number % every == 0 else line
            sys.stdout.buffer.write(changed)


def main():
    match sys.argv[1:]:
        case ["kz", count]: kz(int(count), 1)
        case ["kz", count, seed]: kz(int(count), int(seed))
        case ["change", share, file]: change(float(share), file)
        case ["repeat", total, *files] if files: repeat(int(total), files)
        case _: sys.exit(__doc__)


main()
