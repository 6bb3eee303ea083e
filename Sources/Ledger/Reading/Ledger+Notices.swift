package import Domain
import EventLog

extension Ledger {
  /// The notices that concern an operator, newest first; what they did themselves is none.
  ///
  /// - Parameters:
  ///   - unread: leaves out what they have read.
  ///   - cursor: the `seq` of the last notice of the page before.
  /// - Returns: at most `limit`, each with the event it tells of.
  package func notices(
    for id: OperatorID, unread: Bool, before cursor: Int64?, limit: Int, in state: State
  ) throws(Problem) -> [(notice: Notice, event: RecordedEvent)] {
    var rest = state.notices.all.reversed().filter { notice in
      notice.seq < cursor ?? .max && notice.recipients.contains(id)
        && !(unread && notice.isRead(by: id))
    }[...]
    var found: [(notice: Notice, event: RecordedEvent)] = []
    while !rest.isEmpty, found.count < limit {
      let part = rest.prefix(limit)
      rest = rest.dropFirst(part.count)
      for (notice, event) in zip(part, try log.events(seqs: part.map(\.seq)))
      where event.actor.operator != id {
        found.append((notice, event))
      }
    }
    return Array(found.prefix(limit))
  }

  /// A notice with the event it tells of.
  ///
  /// - Throws: `noticeNotFound`
  package func notice(
    _ seq: Int64, in state: State
  ) throws(Problem) -> (notice: Notice, event: RecordedEvent) {
    guard let notice = state.notices[seq], let event = try log.events(seqs: [seq]).first else {
      throw .noticeNotFound(seq)
    }
    return (notice, event)
  }
}
