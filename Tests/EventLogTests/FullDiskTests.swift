import Domain
import EventLog
import Foundation
import Glibc
import TestSupport
import Testing

/// A file system of 2 MB, where this user may mount one; tests that need it are skipped elsewhere.
private final class SmallDisk: Sendable {
  let directory: TemporaryDirectory

  static let isPossible: Bool = (try? SmallDisk()) != nil

  init() throws {
    directory = try TemporaryDirectory()
    guard mount("tmpfs", directory.path, "tmpfs", 0, "size=2m") == 0 else {
      throw Problem.storageFailed("mount: errno \(errno)")
    }
  }

  deinit {
    umount2(directory.path, Int32(MNT_DETACH))
  }

  /// Leaves no room at all.
  func fill() {
    let file = Glibc.open(directory.file("filler"), O_WRONLY | O_CREAT | O_APPEND, 0o600)
    defer { Glibc.close(file) }
    for size in [65_536, 4096, 1] {
      let bytes = [UInt8](repeating: 0, count: size)
      while write(file, bytes, size) > 0 {}
    }
  }

  func makeRoom() {
    unlink(directory.file("filler"))
  }
}

@Suite(.enabled(if: SmallDisk.isPossible, "mounting a small file system is not allowed here"))
struct FullDiskTests {
  @Test func `a full disk refuses appends, keeps reading, and appends again when there is room`()
    throws
  {
    let disk = try SmallDisk()
    let log = try open(disk.directory)
    var recorded = try log.append([draft(applications(100))]).events
    for round in 0..<3 {
      disk.fill()
      var refused = 0
      for attempt in 0..<200 {
        do {
          recorded += try log.append([
            draft(applications(40), id: UInt64(1000 * round + attempt + 2))
          ]).events
        } catch {
          #expect(error == .storageFull)
          refused += 1
        }
        if refused == 3 { break }
      }
      #expect(refused == 3)
      #expect(log.size == Int64(recorded.count))
      #expect(try log.everything() == recorded)
      disk.makeRoom()
      let more = try log.append([draft(applications(10), id: UInt64(1000 * round + 900))])
      recorded += more.events
      #expect(log.damage == nil)
    }
    log.close()
    let again = try open(disk.directory)
    #expect(again.damage == nil)
    #expect(try again.everything() == recorded)
    try again.verify()
  }

  @Test func `a key that finds no room leaves nothing behind`() throws {
    let disk = try SmallDisk()
    let log = try open(disk.directory)
    disk.fill()
    func register(_ customer: Int32) throws(Problem) {
      let event = Event(
        .customerRegistered, customer: CustomerID(customer), personal: [.name: "Bea"])
      _ = try log.append([draft([event], id: UInt64(customer))])
    }
    var customer: Int32 = 1
    // There may be room left within the files; it is used up at some point.
    #expect(throws: Problem.storageFull) {
      for next in 1...5000 {
        customer = Int32(next)
        try register(customer)
      }
    }
    #expect(try log.personal(of: CustomerID(customer)) == [:])
    disk.makeRoom()
    try register(customer)
    #expect(try log.personal(of: CustomerID(customer)) == [.name: "Bea"])
    try log.verify()
  }

  @Test func `a start on a full disk says so`() throws {
    let disk = try SmallDisk()
    disk.fill()
    #expect(throws: Problem.storageFull) { try open(disk.directory) }
    disk.makeRoom()
    #expect(try open(disk.directory).damage == nil)
  }

  @Test func `a log that was closed opens on a full disk for reading`() throws {
    let disk = try SmallDisk()
    let first = try open(disk.directory)
    let events = try first.append([draft(applications(10))]).events
    first.close()
    disk.fill()
    do {
      let log = try open(disk.directory)
      #expect(try log.everything() == events)
    } catch {
      // SQLite needs a page for the index of its WAL; without one there is nothing to open.
      #expect(error as? Problem == .storageFull)
    }
    disk.makeRoom()
    #expect(try open(disk.directory).everything() == events)
  }
}
