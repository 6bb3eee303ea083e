import Domain
import Ledger

extension API {
  /// Submits a command with the reason and the dry run that its body asks for.
  ///
  /// - Parameter expectations: what the caller believes to be so, as from `If-Match`.
  func submit(
    _ command: Command, _ exchange: Exchange, _ body: Fields,
    expecting expectations: [Expectation] = []
  ) async throws -> LedgerReceipt {
    try await submit(
      Order(
        command, by: exchange.caller, reason: try body.filledText("reason"),
        dryRun: try body.flag("dry_run"), expecting: expectations), exchange)
  }

  /// Submits an order under the key of its request, if that has one: every order of a route goes here.
  func submit(_ order: Order, _ exchange: Exchange) async throws -> LedgerReceipt {
    guard let keyed = exchange.keyed else { return try await ledger.submit(order) }
    var order = order
    order.key = keyed.key
    let receipt = try await ledger.submit(order)
    keyed.note(receipt, of: order.command)
    return receipt
  }

  /// The state that whoever asks has been let in to read.
  func read(_ exchange: Exchange) -> State {
    exchange.state
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
