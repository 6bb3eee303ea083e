package import Domain
import Foundation
import Synchronization

/// The rules of time zones, which the domain asks for as a function: when clocks are changed is no
/// matter of the log, and laws on it change.
package final class TimeZones: Sendable {
  private let known = Mutex<[String: TimeZone]>([:])

  package init() {}

  /// How far a zone is ahead of UTC at a moment.
  ///
  /// - Throws: `timeZoneUnknown`
  package func offset(in name: String) throws(Problem) -> UTCOffset {
    let zone = try zone(name)
    return { moment in
      let seconds = Double(moment.rawValue / 1_000_000)
      return Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: seconds))) * 1_000_000
    }
  }

  /// The day that it is in a zone.
  package func day(of moment: Timestamp, in name: String) throws(Problem) -> Day {
    Day(at: moment, offset: try offset(in: name))
  }

  private func zone(_ name: String) throws(Problem) -> TimeZone {
    if let zone = known.withLock({ $0[name] }) { return zone }
    guard name.utf8.count <= 64, let zone = TimeZone(identifier: name) else {
      throw .timeZoneUnknown(String(name.prefix(64)))
    }
    known.withLock { $0[name] = zone }
    return zone
  }

  /// The zone that this machine is set to.
  package static var ofThisMachine: String { TimeZone.current.identifier }
}
