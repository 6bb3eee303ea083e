package import Domain

/// A command with who gives it and why.
package struct Order: Sendable {
  package var command: Command
  package var caller: Caller
  package var reason: String?
  /// Decide and tell, but record nothing except that it was refused, where refusals are recorded.
  package var dryRun: Bool
  /// By what the request is known again when it is sent a second time; dry runs are not.
  package var key: RequestKey?
  /// What the caller believes to be so; the order is refused where it is not.
  package var expectations: [Expectation]

  package init(
    _ command: Command, by caller: Caller, reason: String? = nil, dryRun: Bool = false,
    key: RequestKey? = nil, expecting expectations: [Expectation] = []
  ) {
    self.command = command
    self.caller = caller
    self.reason = reason
    self.dryRun = dryRun
    self.key = key
    self.expectations = expectations
  }
}

/// What became of an order, told once its events are on the disk.
package struct Receipt: Sendable {
  package let command: CommandID
  /// The numbers of its events; nil where nothing had to change, or in a dry run.
  package let seqs: ClosedRange<Int64>?
  /// What was decided; in a dry run, what would be recorded.
  package let events: [Event]
  /// Customers or tags that were already as asked.
  package let unchanged: Int
  /// Facts that are known otherwise, and stay as they are known; a replay does not tell.
  package var superseded = 0
  package let refusals: [Refusal]
  /// What an undo does not set back.
  package let left: [LeftAlone]
  /// What `preview` shows: by reference, since every receipt has room for it.
  let shown: Snapshot?
  /// Whether the order had been carried out before, and this tells only what became of it.
  package let isReplay: Bool

  package var isDryRun: Bool { shown != nil }

  /// In a dry run, the state as it would be; nil otherwise, when the ledger's own state shows it.
  package var preview: State? { shown?.state }
}
