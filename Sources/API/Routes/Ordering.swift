import Domain
import Ledger

extension API {
  /// Submits a command with the reason and the dry run that its body asks for.
  func submit(
    _ command: Command, _ exchange: Exchange, _ body: Fields
  ) async throws -> LedgerReceipt {
    try await ledger.submit(
      Order(
        command, by: exchange.actor, reason: try body.filledText("reason"),
        dryRun: try body.flag("dry_run")))
  }

  /// The state, for an actor who may read it.
  func read(_ exchange: Exchange) throws -> State {
    try ledger.authority.authorise(exchange.actor)
    return ledger.state
  }
}

extension LedgerReceipt {
  /// The first and the last `seq`, as the wire has them.
  var seq: [Int64]? {
    seqs.map { [$0.lowerBound, $0.upperBound] }
  }
}

extension Exchange {
  /// The tag in the path.
  func tag() throws -> TagID {
    guard let id = Int32(captures[0]), id > 0 else { throw Problem.tagNotFound(captures[0]) }
    return TagID(id)
  }

  /// The customer in the path.
  func customer() throws -> CustomerID {
    guard let id = Int32(captures[0]), id > 0 else { throw Problem.customerNotFound(captures[0]) }
    return CustomerID(id)
  }
}
