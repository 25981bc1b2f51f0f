#include "people/person_store.hpp"

#include "base/text.hpp"

#include <array>

namespace adal::people {
namespace {

const std::string select_person = R"(
    select p.id, p.given_name, p.family_name, p.pseudonym, p.language, p.roles, p.birth_year, p.state,
           p.sessions_from, p.created_at, p.version,
           c.guardian, c.relation, c.method, c.given_on, c.given_at, c.given_by, c.withdrawn_at
    from people p left join people_consents c on c.id = p.consent_id )";

template <typename T> T stored(const std::optional<T>& value)
{
    ADAL_CHECK(value.has_value());
    return *value;
}

std::optional<GuardianConsent> consent_of(const storage::Row& row)
{
    if (row.is_null(11)) return std::nullopt;
    return GuardianConsent{.guardian = row.get<std::string>(11),
                           .relation = row.get<std::string>(12),
                           .method = stored(consent_method_from(row.text(13))),
                           .given_on = stored(parse_date(row.text(14))),
                           .given_at = row.get<Instant>(15),
                           .by = row.get<PersonId>(16),
                           .withdrawn_at = row.get<std::optional<Instant>>(17)};
}

Person person_of(const storage::Row& row)
{
    return {.id = row.get<PersonId>(0),
            .given_name = row.get<std::string>(1),
            .family_name = row.get<std::string>(2),
            .pseudonym = row.get<std::string>(3),
            .language = stored(i18n::language_from(row.text(4))),
            .roles = roles_from(row.text(5)),
            .birth_year = row.get<std::optional<int>>(6),
            .consent = consent_of(row),
            .state = stored(state_from(row.text(7))),
            .sessions_from = row.get<Instant>(8),
            .created_at = row.get<Instant>(9),
            .version = row.get<std::int64_t>(10)};
}

std::string sort_key(const Person& person)
{
    return fold(person.family_name) + " " + fold(person.given_name);
}

// " word word": a search looks for " start-of-word".
std::string search_key(const Person& person)
{
    return " " + sort_key(person) + " " + fold(person.pseudonym);
}

constexpr std::size_t kMostWords = 4;

// Two patterns per word: as typed, and as it would be on the other keyboard layout.
std::array<std::string, 2 * kMostWords> search_patterns(std::string_view search)
{
    std::array<std::string, 2 * kMostWords> patterns;
    patterns.fill("%");
    const auto words = query_words(search);
    for (std::size_t i = 0; i < words.size() && i < kMostWords; ++i) {
        if (words[i].exact.empty()) continue;
        patterns[2 * i] = "% " + words[i].exact.front() + "%";
        patterns[2 * i + 1] = "% " + words[i].exact.back() + "%";
    }
    return patterns;
}

} // namespace

std::optional<Person> PersonReader::find(PersonId id)
{
    return m_snapshot.first(select_person + "where p.id = ?1", person_of, id);
}

std::vector<Person> PersonReader::list(const Filter& filter)
{
    const auto after = filter.after.is_set()
                           ? m_snapshot.value<std::string>("select sort_key from people where id = ?1", filter.after)
                           : std::nullopt;
    const auto role = filter.role ? "%," + std::string(name(*filter.role)) + ",%" : "%";
    const auto state = filter.state ? std::string(name(*filter.state)) : "%";
    const auto w = search_patterns(filter.search);
    return m_snapshot.all(select_person + R"(
        where (p.sort_key, p.id) > (?1, ?2)
          and ',' || p.roles || ',' like ?3 and p.state like ?4
          and (p.search_key like ?5 or p.search_key like ?6)
          and (p.search_key like ?7 or p.search_key like ?8)
          and (p.search_key like ?9 or p.search_key like ?10)
          and (p.search_key like ?11 or p.search_key like ?12)
        order by p.sort_key, p.id limit ?13)",
                          person_of, after.value_or(""), filter.after.text(), role, state, w[0], w[1],
                          w[2], w[3], w[4], w[5], w[6], w[7], filter.limit);
}

std::vector<Person> PersonReader::assignable_candidates()
{
    return m_snapshot.all(select_person + R"(
        where p.state in ('invited', 'active') and ',' || p.roles || ',' like '%,volunteer,%'
        order by p.sort_key, p.id)",
                          person_of);
}

std::vector<Person> PersonReader::all()
{
    return m_snapshot.all(select_person + "order by p.id", person_of);
}

std::map<PersonId, std::string> PersonReader::names_of(const std::vector<PersonId>& ids, bool is_public)
{
    std::map<PersonId, std::string> out;
    constexpr std::size_t at_once = 8;
    for (std::size_t start = 0; start < ids.size(); start += at_once) {
        const auto id = [&](std::size_t i) { return ids[std::min(start + i, ids.size() - 1)]; };
        m_snapshot.each(
            "select id, pseudonym, given_name, family_name from people "
            "where id in (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            [&](const storage::Row& row) {
                out[row.get<PersonId>(0)] =
                    is_public ? row.get<std::string>(1)
                              : row.get<std::string>(2) + " " + row.get<std::string>(3);
            },
            id(0), id(1), id(2), id(3), id(4), id(5), id(6), id(7));
    }
    return out;
}

std::vector<Event> PersonReader::events(PersonId id)
{
    return m_snapshot.all(
        "select at, by_person, kind, detail from people_events where person_id = ?1 order by at, id",
        [](const storage::Row& row) {
            return Event{.at = row.get<Instant>(0),
                         .by = row.get<PersonId>(1),
                         .kind = row.get<std::string>(2),
                         .detail = row.get<std::string>(3)};
        },
        id);
}

Counts PersonReader::counts()
{
    return m_snapshot
        .first(R"(select coalesce(sum(case when ',' || roles || ',' like '%,volunteer,%' then 1 else 0 end), 0),
                         count(*)
                  from people where state in ('invited', 'active'))",
               [](const storage::Row& row) {
                   return Counts{.registered_volunteers = row.get<std::int64_t>(0),
                                 .people = row.get<std::int64_t>(1)};
               })
        .value();
}

std::int64_t PersonReader::administrators_besides(PersonId id)
{
    return m_snapshot
        .value<std::int64_t>(R"(select count(*) from people where id <> ?1
            and state in ('invited', 'active') and ',' || roles || ',' like '%,administrator,%')",
                             id)
        .value();
}

bool PersonReader::is_pseudonym_taken(std::string_view pseudonym)
{
    return m_snapshot
        .value<std::int64_t>("select 1 from people where pseudonym_key = ?1", fold(pseudonym))
        .has_value();
}

void PersonStore::add(const Person& person)
{
    m_tx.exec(R"(insert into people (id, given_name, family_name, pseudonym, pseudonym_key, language,
                     roles, birth_year, state, sessions_from, sort_key, search_key, created_at, version)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14))",
              person.id, person.given_name, person.family_name, person.pseudonym, fold(person.pseudonym),
              i18n::code(person.language), names(person.roles), person.birth_year, name(person.state),
              person.sessions_from, sort_key(person), search_key(person), person.created_at,
              person.version);
}

bool PersonStore::save(const Person& person)
{
    return m_tx.exec(R"(update people set given_name = ?1, family_name = ?2, language = ?3, roles = ?4,
                            birth_year = ?5, state = ?6, sessions_from = ?7, sort_key = ?8,
                            search_key = ?9, version = version + 1
                        where id = ?10 and version = ?11)",
                     person.given_name, person.family_name, i18n::code(person.language),
                     names(person.roles), person.birth_year, name(person.state), person.sessions_from,
                     sort_key(person), search_key(person), person.id, person.version) == 1;
}

void PersonStore::add_consent(PersonId id, const GuardianConsent& consent)
{
    const auto consent_id = make_ulid(consent.given_at);
    const std::string_view key{consent_id.data(), consent_id.size()};
    m_tx.exec(R"(insert into people_consents (id, person_id, guardian, relation, method, given_on,
                     given_at, given_by)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8))",
              key, id, consent.guardian, consent.relation, name(consent.method), iso(consent.given_on),
              consent.given_at, consent.by);
    m_tx.exec("update people set consent_id = ?1 where id = ?2", key, id);
}

void PersonStore::withdraw_consents(PersonId id, PersonId by, Instant now)
{
    m_tx.exec(R"(update people_consents set withdrawn_at = ?1, withdrawn_by = ?2
                 where person_id = ?3 and withdrawn_at is null)",
              now, by, id);
}

void PersonStore::add_event(PersonId id, PersonId by, std::string_view kind, std::string_view detail,
                            Instant now)
{
    const auto event_id = make_ulid(now);
    m_tx.exec(R"(insert into people_events (id, person_id, at, by_person, kind, detail)
                 values (?1, ?2, ?3, ?4, ?5, ?6))",
              std::string_view{event_id.data(), event_id.size()}, id, now, by, kind, detail);
}

} // namespace adal::people
