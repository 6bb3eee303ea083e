import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

extension API {
  static let whyRoutes = [
    Route(.get, "/v1/customers/{id}/tags/{tag}/why", needs: .customersRead) {
      try await $0.explain($1)
    }
  ]

  private func explain(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(["as_of"])
    let customer = try exchange.customer()
    guard let number = Int32(exchange.captures[1]), number > 0 else {
      throw Problem.tagNotFound(exchange.captures[1])
    }
    let sight = try await sight(exchange, query)
    let found = try await ledger.why(
      customer, TagID(number), in: sight.state, by: exchange.caller)
    let teller = teller(exchange, sight.past)
    let causes = found.turns.compactMap(\.cause)
    // Told together, since each telling looks names up.
    let events = found.chain + found.turns.map(\.event) + causes
    var told: [Int64: Change] = [:]
    for change in try await teller.changes(events) { told[change.seq] = change }
    let name = try await names(of: [found.customer], sight.past, by: exchange.caller)
    let reference = Reference(id: found.customer.rawValue, name: name[found.customer])
    let tag = Reference(id: found.tag.rawValue, name: sight.state.tag(found.tag)?.name.text)
    let turns = found.turns.map { turn in
      APITypes.Explanation.Turn(
        kind: turn.isGain ? .gained : .lost, why: Why(turn.turn), change: told[turn.event.seq]!,
        cause: turn.cause.flatMap { told[$0.seq] })
    }
    let since = found.turns.last.map { ($0.turn.occurred ?? $0.turn.at).text }
    return try Response(
      json: APITypes.Explanation(
        customer: reference, tag: tag, held: found.isHeld,
        sentence: exchange.language.holds(
          found.isHeld, exchange.language.customer(reference.id, reference.name),
          tag.name ?? "\(tag.id)", since: since),
        chain: found.chain.compactMap { told[$0.seq] }, turns: turns), asOf: sight.past)
  }
}

extension APITypes.Explanation: Writable {}

extension Language {
  /// Whether a customer has a tag, and since when; without a time where they never had it.
  fileprivate func holds(
    _ isHeld: Bool, _ customer: String, _ tag: String, since: String?
  ) -> String {
    let sentence =
      switch (self, isHeld, since != nil) {
      case (.en, true, _): "\(customer) has “\(tag)”"
      case (.fr, true, _): "\(customer) porte « \(tag) »"
      case (.pt, true, _): "\(customer) tem “\(tag)”"
      case (.en, false, true): "\(customer) does not have “\(tag)” any more"
      case (.fr, false, true): "\(customer) ne porte plus « \(tag) »"
      case (.pt, false, true): "\(customer) não tem mais “\(tag)”"
      case (.en, false, false): "\(customer) has never had “\(tag)”"
      case (.fr, false, false): "\(customer) n’a jamais porté « \(tag) »"
      case (.pt, false, false): "\(customer) nunca teve “\(tag)”"
      }
    guard let since else { return sentence + "." }
    let words =
      switch self {
      case .en: "since"
      case .fr: "depuis"
      case .pt: "desde"
      }
    return "\(sentence) \(words) \(since)."
  }
}
