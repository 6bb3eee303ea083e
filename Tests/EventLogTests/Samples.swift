import Domain
import EventLog
import TestSupport

/// A moment in 2026, and so many µs later.
func time(_ microseconds: Int64 = 0) -> Timestamp {
  Timestamp(microseconds: 1_795_309_323_000_004 + microseconds)
}

let ana = Actor.local(uid: 1000)

func id(_ number: UInt64) -> CommandID {
  CommandID(high: 0x019a_0000_0000_7000 | number >> 48, low: 0x8000_0000_0000_0000 | number)
}

func draft(_ events: [Event], by actor: Actor = ana, id number: UInt64 = 1) -> Draft {
  Draft(command: id(number), actor: actor, at: time(), events: events)
}

/// So many applications of tag 3, to customers from 1 on.
func applications(_ count: Int, of tag: Int32 = 3) -> [Event] {
  (0..<count).map { Event(.tagApplied, tag: TagID(tag), customer: CustomerID(Int32($0) + 1)) }
}

func open(_ directory: TemporaryDirectory, origin: String? = "tagledger/test") throws -> Log {
  try Log.open(directory: directory.path, options: LogOptions(origin: origin))
}

extension Log {
  /// Everything in the log, verified.
  func everything() throws(Problem) -> [RecordedEvent] {
    try events(after: 0, limit: Int(size))
  }
}
