import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger
import Proof

/// What proves the log to others: checkpoints, receipts, and the log as tiles (C2SP tlog-tiles).
extension API {
  static let proofRoutes = [
    Route(.get, "/checkpoint", needs: .logRead) { api, exchange in
      try exchange.query().only([])
      return .plain(try api.ledger.checkpoint(by: exchange.caller).bytes)
    },
    Route(.get, "/tile/entries/{rest}", needs: .logRead) { try $0.showEntries($1) },
    Route(.get, "/tile/{level}/{rest}", needs: .logRead) { try $0.showTile($1) },
    Route(.get, "/v1/checkpoints", needs: .logRead) { try $0.listCheckpoints($1) },
    Route(.get, "/v1/events/{seq}/receipt", needs: .logRead) { api, exchange in
      try exchange.query().only([])
      guard let seq = Int64(exchange.captures[0]) else { throw Problem.seqNotFound(0) }
      return .plain(try api.ledger.receipt(of: seq, by: exchange.caller).bytes)
    },
    Route(.get, "/v1/proofs/consistency", needs: .logRead) { try $0.showConsistency($1) },
  ]

  private func showEntries(_ exchange: Exchange) throws -> Response {
    try exchange.query().only([])
    let path = try TilePath(parsing: exchange.captures[0])
    let entries = try ledger.entries(
      position: path.position, width: path.width, by: exchange.caller)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(entries.reduce(0) { $0 + $1.count + 2 })
    for entry in entries {
      bytes += [UInt8(entry.count >> 8), UInt8(entry.count & 255)]
      bytes += entry
    }
    return Response(bytes: bytes, type: MediaType.bytes)
  }

  private func showTile(_ exchange: Exchange) throws -> Response {
    try exchange.query().only([])
    let level = exchange.captures[0]
    guard let number = Int(level), (0...63).contains(number), "\(number)" == level else {
      throw Problem.parameterUnreadable(name: "level", value: level, expected: "0…63, entries")
    }
    let path = try TilePath(parsing: exchange.captures[1])
    let hashes = try ledger.tile(
      level: number, position: path.position, width: path.width, by: exchange.caller)
    return Response(bytes: hashes.flatMap(\.bytes), type: MediaType.bytes)
  }

  private func listCheckpoints(_ exchange: Exchange) throws -> Response {
    let query = try exchange.query()
    try query.only(Paging.names)
    let paging = try Paging(query, of: .checkpoints, most: pageLimit, filter: [])
    let (notes, next) = try ledger.checkpoints(
      from: paging.after ?? 0, limit: paging.limit, by: exchange.caller)
    return try exchange.answer(
      List(
        items: notes.compactMap { CheckpointDocument($0) }, next: next.map(paging.cursor),
        position: ledger.head.size))
  }

  private func showConsistency(_ exchange: Exchange) throws -> Response {
    let query = try exchange.query()
    try query.only(["from", "to"])
    let newer = try query.integer("to", in: 0...Int64.max) ?? ledger.head.size
    guard let older = try query.integer("from", in: 0...newer) else {
      throw Problem.parameterUnreadable(name: "from", value: "", expected: "0…\(newer)")
    }
    let found = try ledger.consistency(from: older, to: newer, by: exchange.caller)
    return try Response(
      json: ConsistencyDocument(
        from: .init(size: found.older.size, root: found.older.root.base64),
        to: .init(size: found.newer.size, root: found.newer.root.base64),
        proof: found.proof.map(\.base64)))
  }
}

extension Response {
  fileprivate static func plain(_ bytes: [UInt8]) -> Response {
    Response(bytes: bytes, type: MediaType.text + "; charset=utf-8")
  }
}

extension CheckpointDocument {
  /// Nil for a note that is no checkpoint, of which the file has none.
  fileprivate init?(_ note: SignedNote) {
    guard let checkpoint = try? Checkpoint(parsing: note.text) else { return nil }
    self.init(
      origin: checkpoint.origin, size: checkpoint.head.size, root: checkpoint.head.root.base64,
      note: String(decoding: note.bytes, as: UTF8.self))
  }
}

extension ConsistencyDocument: Writable {}

extension CheckpointDocument: Listed {
  static let columns = ["origin", "size", "root", "note"]

  var cells: [String] { [origin, "\(size)", root, note] }
}
