import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger
import Proof

extension API {
  static let statusRoutes = [
    Route(.get, "/v1/status", access: .team) { try await $0.showStatus($1) }
  ]

  private var scrub: Status.Scrub {
    let (position, passes, finished) = ledger.scrubbed
    return Status.Scrub(position: position, passes: passes, finished: finished?.text)
  }

  private func showStatus(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(["as_of"])
    let sight = try await sight(exchange, query)
    let state = sight.state
    var head = ledger.head
    // How large a damaged log is says itself what is lost.
    if let past = sight.past, past.seq != ledger.soundUntil {
      head = (past.seq, try ledger.root(atSize: past.seq))
    }
    let active = state.tags.count { $0.status == .active }
    let uptime = Timestamp.wallClock().rawValue - ledger.opened.rawValue
    return try Response(
      json: Status(
        origin: ledger.origin, version: version, position: head.size, root: head.root,
        tags: active, archivedTags: state.tags.count { $0.status == .archived },
        customers: state.customerCount, memberships: state.membershipCount,
        verifierKey: ledger.verifierKey.description, signed: ledger.signedSize, scrub: scrub,
        readOnly: ledger.readOnlyReason != nil, reason: ledger.readOnlyReason,
        viewsPosition: try ledger.viewsPosition(), jobs: ledger.jobs.running,
        dataDirectory: ledger.directory, founder: founder, uptime: max(0, uptime / 1_000_000),
        advice: [Advice.ofNumber(active, in: exchange.language)]), asOf: sight.past)
  }
}
