import APITypes
import Domain
import HTTPTypes
import HummingbirdCore
import Ledger

extension API {
  static let commandRoutes = [
    Route(.post, "/v1/commands/{id}/undo", needs: .changesRead) { try await $0.undo($1) }
  ]

  /// How many of those left alone an answer names; it tells the number of all.
  private static let named = 100

  private func undo(_ exchange: Exchange) async throws -> Response {
    let body = try await exchange.body()
    try body.only(["reason", "dry_run"])
    let (undo, undone) = try await undo(of: exchange.captures[0], by: exchange.caller)
    let receipt = try await submit(.undo(undo), exchange, body)
    // Who has been registered stays after every import; anything else is news.
    let left = receipt.left.filter { $0.why != .registered }
    let stay = receipt.left.lazy.filter { $0.why == .registered }
    let named = Array(left.prefix(Self.named)) + stay.prefix(max(0, Self.named - left.count))
    let customers = named.compactMap(\.customer)
    let teller = LeftTeller(
      state: ledger.state, logins: logins, language: exchange.language,
      names: try await ledger.names(of: customers, by: exchange.caller))
    var made: [String: Int] = [:]
    for event in receipt.events { made[event.type.name, default: 0] += 1 }
    return try Response(
      json: UndoReceipt(
        seq: receipt.seq, command: receipt.command.description, dryRun: receipt.isDryRun,
        undone: undone, events: made, leftAlone: receipt.left.count,
        left: named.map(teller.tell)))
  }

  /// What undoing a job needs to know, by its id, or a command, by its id or the number of one of its
  /// events; and the id of what is undone.
  private func undo(of text: String, by caller: Caller) async throws -> (Domain.Undo, String) {
    if let undo = try await ledger.undo(ofJob: text, by: caller) { return (undo, text) }
    guard let command = try CommandID(text) ?? Int64(text).map(ledger.command) else {
      throw Problem.commandNotFound(text)
    }
    return (try await ledger.undo(of: command), command.description)
  }
}

extension UndoReceipt: Writable {}
