import APITypes
import ArgumentParser
import Client

struct Diff: LedgerCommand {
  static let configuration = CommandConfiguration(
    abstract: said(
      en: "What changed between two moments, by tag and by customer.",
      pt: "O que mudou entre dois momentos, por etiqueta e por cliente.",
      fr: "Ce qui a changé entre deux moments, par étiquette et par client."),
    discussion: said(
      en: """
        Moments are times, days or numbers of events. A day begins where it is --from, and ends \
        where it is --to. What came and went in between is in the log.

          tagledger diff --from monday
          tagledger diff --from 2026-11-01 --to 2026-11-15 --by customer -o csv
        """,
      pt: """
        Momentos são horas, dias ou números de eventos. Um dia conta do início quando é --from, e \
        até o fim quando é --to. O que veio e se foi nesse meio-tempo está no registro.

          tagledger diff --from monday
          tagledger diff --from 2026-11-01 --to 2026-11-15 --by customer -o csv
        """,
      fr: """
        Les moments sont des heures, des jours ou des numéros d’événements. Un jour compte depuis \
        son début avec --from, et jusqu’à sa fin avec --to. Ce qui est venu et reparti entre-temps \
        est dans le journal.

          tagledger diff --from monday
          tagledger diff --from 2026-11-01 --to 2026-11-15 --by customer -o csv
        """))

  @Option(
    help: .said(
      en: "The earlier moment.",
      pt: "O momento mais antigo.",
      fr: "Le moment le plus ancien.",
      valueName: "moment"))
  var from: String

  @Option(
    help: .said(
      en: "The later moment; now otherwise.",
      pt: "O momento mais recente; senão, agora.",
      fr: "Le moment le plus récent ; sinon maintenant.",
      valueName: "moment"))
  var to: String?

  @Option(
    help: .said(
      en: "Only by tag or by customer.",
      pt: "Só por etiqueta ou por cliente.",
      fr: "Seulement par étiquette ou par client.",
      valueName: "subject"))
  var by: Subject?

  @OptionGroup var global: GlobalOptions

  enum Subject: String, CaseIterable, ExpressibleByArgument {
    case tag
    case customer
  }

  func perform(in session: Session) async throws {
    let from = try await session.moment(from, .start)
    let to: PastMoment
    if let text = self.to {
      to = try await session.moment(text, .end)
    } else {
      to = try await session.client.get(Paths.moment)
    }
    let isText = session.format == .text && !session.quiet
    if isText { session.remark(session.words.between(from, to)) }
    var count = 0
    // Two tables cannot stand in one sheet; who wants both asks twice.
    let subject = by ?? (isText ? nil : .tag)
    if subject != .customer {
      count += try await list(tagColumns(session.words), from, to, .tag, session)
    }
    if subject != .tag, subject == .customer || count > 0 || isText {
      if count > 0, isText { session.print("") }
      count += try await list(customerColumns(session.words), from, to, .customer, session)
    }
    if count == 0, isText { session.remark(session.words.noDifference) }
  }

  private func list<Item: Codable & Sendable>(
    _ columns: [Column<Item>], _ from: PastMoment, _ to: PastMoment, _ subject: Subject,
    _ session: Session
  ) async throws -> Int {
    var listing = Listing(session, columns: columns)
    try await session.client.pages(
      of: Item.self,
      target: { limit, cursor in
        Paths.query(
          Paths.diff,
          [
            "from": String(from.seq), "to": String(to.seq), "by": subject.rawValue,
            "limit": String(limit), "cursor": cursor,
          ])
      },
      each: { page in
        listing.add(page)
        return true
      })
    if session.format != .text { listing.finish() }
    return listing.count
  }

  private func tagColumns(_ words: Words) -> [Column<TagDifference>] {
    [
      Column(words.id, "tag", right: true) { String($0.tag.id) },
      Column(words.tag, "tag_name") { $0.tag.name },
      Column(words.what, "changes", fit: .wrap) { tag in
        tag.changes.map { words.change($0) }.joined(separator: ", ")
      },
      Column("+", "gained", right: true) { String($0.gained) },
      Column("−", "lost", right: true) { String($0.lost) },
      Column(hidden: "before") { JSONText.line($0.before) },
      Column(hidden: "after") { JSONText.line($0.after) },
      Column(hidden: "gained_customers") { ids($0.gainedCustomers) },
      Column(hidden: "lost_customers") { ids($0.lostCustomers) },
    ]
  }

  private func customerColumns(_ words: Words) -> [Column<CustomerDifference>] {
    [
      Column(words.id, "customer", right: true) { String($0.customer.id) },
      Column(words.customer, "customer_name") { $0.customer.name },
      Column(words.what, "changes", fit: .wrap) { customer in
        customer.changes.map { words.change($0) }.joined(separator: ", ")
      },
      Column("+", "gained", fit: .wrap) { names($0.gained) },
      Column("−", "lost", fit: .wrap) { names($0.lost) },
      Column(hidden: "merged_into") { $0.mergedInto.map(String.init) },
    ]
  }
}

private func ids(_ customers: [Reference]) -> String {
  customers.map { String($0.id) }.joined(separator: " ")
}

private func names(_ tags: [Reference]) -> String {
  tags.map { $0.name ?? String($0.id) }.joined(separator: ", ")
}
