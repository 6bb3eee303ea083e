import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

/// Events in public: exactly the bytes that were hashed, for whoever keeps a copy or checks the log.
extension API {
  static let eventRoutes = [
    Route(.get, "/v1/events", needs: .logRead) { try await $0.listEvents($1) },
    Route(.get, "/v1/events/follow", needs: .logRead) { try await $0.followEvents($1) },
    Route(.get, "/v1/events/{seq}", needs: .logRead) { try await $0.showEvent($1) },
  ]

  private func listEvents(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(Self.feedFilters.union(["after", "limit"]))
    var filter = try await feedFilter(query, exchange)
    filter.cursor = try query.integer("after", in: 0...Int64.max) ?? 0
    let most = Int64(pageLimit)
    filter.limit = Int(try query.integer("limit", in: 1...most) ?? min(50, most))
    let position = min(read(exchange).position, try exchange.horizon ?? .max)
    let page = try await ledger.publicEvents(filter, by: exchange.caller)
    let events = page.events.filter { $0.seq <= position }
    var bytes: [UInt8] = []
    let lines = ListFormat(accepting: exchange.request.headers[.accept]) == .ndjson
    if !lines { bytes.append(UInt8(ascii: "[")) }
    for (index, event) in events.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: lines ? "\n" : ",")) }
      bytes += event.form
    }
    bytes += (lines ? events.isEmpty ? "" : "\n" : "]").utf8
    var response = Response(bytes: bytes, type: lines ? MediaType.ndjson : MediaType.cloudEvents)
    response.headers[.position] = "\(position)"
    if let next = page.next, next < position {
      let target = Paths.query(
        Paths.events,
        [
          "after": "\(next)", "limit": "\(filter.limit)", "actor": query["actor"],
          "customer": query["customer"], "tag": query["tag"], "type": query["type"],
        ])
      response.headers[.link] = "<\(target)>; rel=\"next\""
    }
    return response
  }

  private static let feedFilters: Set = ["actor", "customer", "tag", "type"]

  /// What of the log is asked for, in its order.
  private func feedFilter(_ query: Query, _ exchange: Exchange) async throws -> ChangeFilter {
    var filter = try await filter(query, exchange)
    filter.order = .oldest
    return filter
  }

  private func showEvent(_ exchange: Exchange) async throws -> Response {
    try exchange.query().only([])
    guard let seq = Int64(exchange.captures[0]) else { throw Problem.seqNotFound(0) }
    guard seq <= (try exchange.horizon ?? .max) else { throw Problem.seqNotFound(seq) }
    let event = try ledger.event(seq, by: exchange.caller)
    var response = Response(bytes: event.form, type: MediaType.cloudEvent)
    response.headers[.leaf] = event.leaf
    return response
  }

  private func followEvents(_ exchange: Exchange) async throws -> Response {
    let query = try exchange.query()
    try query.only(Self.feedFilters.union(["after"]))
    var first = try await feedFilter(query, exchange)
    first.limit = 200
    let start = try exchange.lastEventID(query) ?? read(exchange).position
    let settled = first
    return stream.response(in: exchange.language) { [ledger, stream] writer in
      var filter = settled
      // How far the log has been looked through, whether or not anything in it was asked for.
      var position = start
      while true {
        filter.cursor = position
        let page = try await ledger.publicEvents(filter, by: exchange.caller)
        var bytes: [UInt8] = []
        for event in page.events {
          bytes += EventStream.frame(
            id: event.seq, event: "tagledger.\(event.type.name).v\(event.type.version)",
            data: event.form)
        }
        if !bytes.isEmpty { try await writer.send(bytes) }
        position = page.next ?? max(position, page.position)
        if page.next != nil { continue }
        guard try await stream.pause(&writer, ledger, after: position) else { return }
      }
    }
  }
}
