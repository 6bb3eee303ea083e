/// A change that concerns others than who made it, and who of them has read of it.
package struct NoticeDocument: Codable, Hashable, Sendable {
  /// The event it tells of; a notice has no number of its own.
  package var seq: Int64
  /// When whoever asks has read it; nil for not yet, and where it is not theirs to read.
  package var read: String?
  package var readBy: [NoticeReader]
  /// Those concerned who have not.
  package var unreadBy: [Reference]
  package var change: Change

  package init(
    seq: Int64, read: String?, readBy: [NoticeReader], unreadBy: [Reference], change: Change
  ) {
    self.seq = seq
    self.read = read
    self.readBy = readBy
    self.unreadBy = unreadBy
    self.change = change
  }

  private enum CodingKeys: String, CodingKey {
    case seq, read, change
    case readBy = "read_by"
    case unreadBy = "unread_by"
  }
}

package struct NoticeReader: Codable, Hashable, Sendable {
  package var id: Int32
  package var name: String?
  package var at: String

  package init(id: Int32, name: String?, at: String) {
    self.id = id
    self.name = name
    self.at = at
  }
}

/// What an operator has read: these notices, or all that there are up to one.
package struct AcknowledgeDraft: Codable, Hashable, Sendable {
  package var notices: [Int64]?
  package var through: Int64?

  package init(notices: [Int64]? = nil, through: Int64? = nil) {
    self.notices = notices
    self.through = through
  }
}

package struct NoticeReceipt: Receipt {
  package var seq: [Int64]?
  package var command: String
  package var dryRun: Bool
  /// How many have been read by it.
  package var acknowledged: Int
  /// How many had been read before.
  package var unchanged: Int

  package init(
    seq: [Int64]?, command: String, dryRun: Bool, acknowledged: Int, unchanged: Int
  ) {
    self.seq = seq
    self.command = command
    self.dryRun = dryRun
    self.acknowledged = acknowledged
    self.unchanged = unchanged
  }

  private enum CodingKeys: String, CodingKey {
    case seq, command, acknowledged, unchanged
    case dryRun = "dry_run"
  }
}
