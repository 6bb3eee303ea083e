/// Answer to erasing a customer: what goes, what stays, and the job that destroys.
package struct ErasureReceipt: Receipt {
  package var seq: [Int64]?
  package var command: String
  package var dryRun: Bool
  /// The customer, and after them those who were merged into them.
  package var customers: [Int32]
  /// How often each personal field has been given a value.
  package var fields: [String: Int]
  /// How many events are about them; those stay.
  package var events: Int
  /// Events whose reason, details or file speak of the person in words; they stay, word for word.
  package var mentions: [Int64]
  /// Whose result is the report; nil where nothing is destroyed.
  package var job: Job?

  package init(
    seq: [Int64]?, command: String, dryRun: Bool, customers: [Int32], fields: [String: Int],
    events: Int, mentions: [Int64], job: Job? = nil
  ) {
    self.seq = seq
    self.command = command
    self.dryRun = dryRun
    self.customers = customers
    self.fields = fields
    self.events = events
    self.mentions = mentions
    self.job = job
  }

  package enum CodingKeys: String, CodingKey {
    case seq, command
    case dryRun = "dry_run"
    case customers, fields, events, mentions, job
  }
}
