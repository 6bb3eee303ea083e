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
    try query.only(["after", "limit"])
    let after = try query.integer("after", in: 0...Int64.max) ?? 0
    let limit = Int(try query.integer("limit", in: 1...Int64(pageLimit)) ?? 50)
    let position = min(read(exchange).position, try exchange.horizon ?? .max)
    let events = try ledger.events(
      after: after, limit: Int(min(Int64(limit), max(0, position - after))), by: exchange.caller)
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
    if let last = events.last, last.seq < position {
      let next = Paths.query(Paths.events, ["after": "\(last.seq)", "limit": "\(limit)"])
      response.headers[.link] = "<\(next)>; rel=\"next\""
    }
    return response
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
    try query.only(["after"])
    let start = try exchange.lastEventID(query) ?? read(exchange).position
    return stream.response(in: exchange.language) { [ledger, stream] writer in
      var position = start
      while true {
        let events = try ledger.events(
          after: position, limit: 200, by: exchange.caller)
        var bytes: [UInt8] = []
        for event in events {
          bytes += EventStream.frame(
            id: event.seq, event: "tagledger.\(event.type.name).v\(event.type.version)",
            data: event.form)
        }
        if let last = events.last {
          try await writer.send(bytes)
          position = last.seq
          continue
        }
        guard try await stream.pause(&writer, ledger, after: position) else { return }
      }
    }
  }
}
