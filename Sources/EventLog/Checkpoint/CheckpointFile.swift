internal import Domain
internal import Glibc
internal import Proof

/// The file `checkpoints`: signed notes one after another, each followed by an empty line.
///
/// A checkpoint has no empty line of its own, so every second one ends a note. The layout is a format,
/// and anything may be read of it with a text viewer.
///
/// Unchecked, because it is used by whoever opens the log and then kept in the notary's mutex.
final class CheckpointFile: @unchecked Sendable {
  let path: String
  private let descriptor: Int32
  /// Where the last whole note ends.
  private(set) var end: Int64
  /// The last whole note, unverified; nil in an empty file.
  private(set) var last: SignedNote?
  /// What lies behind the last whole note: a write cut short, or damage.
  private(set) var tail: [UInt8]
  /// Why the file cannot be trusted: it does not end with a note of which at most a piece follows.
  let fault: Problem?

  /// No note of ours is longer: an origin has at most 200 bytes.
  private static let noteLimit = 4096

  /// Opens the file, makes it when there is none, and reads its end.
  init(path: String) throws(Problem) {
    self.path = path
    descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system("open", path: path, errno: errno) }
    let size: Int64
    let bytes: [UInt8]
    do throws(Problem) {
      size = Int64(lseek(descriptor, 0, SEEK_END))
      bytes = try Self.read(descriptor, path, max(0, size - Int64(4 * Self.noteLimit))..<size)
    } catch {
      Glibc.close(descriptor)
      throw error
    }
    let start = size - Int64(bytes.count)
    let ends = Self.ends(in: bytes)
    let whole = ends.last ?? 0
    let begin = ends.dropLast().last ?? 0
    tail = Array(bytes[whole...])
    end = start + Int64(whole)
    last = whole > 0 ? try? SignedNote(parsing: bytes[begin..<whole - 1]) : nil
    let isRead = whole == 0 ? start == 0 : last != nil && (start == 0 || begin > 0)
    fault =
      isRead && tail.count <= Self.noteLimit
      ? nil : .unreadableCheckpoints(path, at: start + Int64(begin))
  }

  deinit {
    Glibc.close(descriptor)
  }

  var isEmpty: Bool { fault == nil && end == 0 && tail.isEmpty }

  /// Appends a note and makes it durable; after an error the file is as it was, or ends with a piece
  /// that the next call takes away.
  ///
  /// - Parameter isLast: False where others follow at once, and one flush does for all.
  func append(_ note: SignedNote, isLast: Bool = true) throws(Problem) {
    if !tail.isEmpty { try cutTail() }
    let bytes = note.bytes + [0x0a]
    let written = Glibc.write(descriptor, bytes, bytes.count)
    guard written == bytes.count else {
      let number = written < 0 ? errno : ENOSPC
      if written > 0 { tail = Array(bytes.prefix(written)) }
      throw .system("write", path: path, errno: number)
    }
    // Until it is durable it counts as a piece: the next call would write it once more.
    tail = bytes
    if isLast { try sync() }
    tail = []
    end += Int64(bytes.count)
    last = note
  }

  /// Takes away what a write cut short has left behind the last note.
  func cutTail() throws(Problem) {
    guard ftruncate(descriptor, Int(end)) == 0 else {
      throw .system("truncate", path: path, errno: errno)
    }
    tail = []
    try sync()
  }

  func sync() throws(Problem) {
    guard fdatasync(descriptor) == 0 else { throw .system("fdatasync", path: path, errno: errno) }
  }

  /// Up to `limit` notes of a range that begins and ends with whole ones, with the place of each, and
  /// where the next is.
  ///
  /// - Throws: `logDamaged` where something else than a note stands.
  static func notes(
    _ path: String, _ range: Range<Int64>, limit: Int
  ) throws(Problem) -> (notes: [(place: Int64, note: SignedNote)], next: Int64) {
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system("open", path: path, errno: errno) }
    defer { Glibc.close(descriptor) }
    var notes: [(place: Int64, note: SignedNote)] = []
    var next = range.lowerBound
    while notes.count < limit, next < range.upperBound {
      let piece = next..<min(range.upperBound, next + Int64(64 * noteLimit))
      let bytes = try read(descriptor, path, piece)
      let ends = ends(in: bytes)
      guard !ends.isEmpty else { throw .unreadableCheckpoints(path, at: next) }
      var begin = 0
      for end in ends where notes.count < limit {
        do {
          notes.append(
            (piece.lowerBound + Int64(begin), try SignedNote(parsing: bytes[begin..<end - 1])))
        } catch {
          throw .unreadableCheckpoints(path, at: piece.lowerBound + Int64(begin))
        }
        begin = end
      }
      next = piece.lowerBound + Int64(begin)
    }
    return (notes, next)
  }

  /// Where notes end: behind the empty line that follows a signature.
  private static func ends(in bytes: [UInt8]) -> [Int] {
    let dash: [UInt8] = [0xe2, 0x80, 0x94, 0x20]
    var ends: [Int] = []
    var start = 0
    var followsSignature = false
    while let end = bytes[start...].firstIndex(of: 0x0a) {
      if end == start, followsSignature { ends.append(end + 1) }
      followsSignature = bytes[start..<end].starts(with: dash)
      start = end + 1
    }
    return ends
  }

  private static func read(
    _ descriptor: Int32, _ path: String, _ range: Range<Int64>
  ) throws(Problem) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var count = 0
    while count < bytes.count {
      let got = bytes.withUnsafeMutableBytes {
        pread(
          descriptor, $0.baseAddress! + count, $0.count - count,
          Int(range.lowerBound) + count)
      }
      guard got > 0 else { throw .system("read", path: path, errno: got < 0 ? errno : EIO) }
      count += got
    }
    return bytes
  }
}

extension Problem {
  static func unreadableCheckpoints(_ path: String, at place: Int64) -> Self {
    .logDamaged("the file \(path) holds no signed checkpoint at byte \(place)")
  }
}
