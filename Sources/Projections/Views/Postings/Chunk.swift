/// Up to 512 ascending seqs of one key, as a row of `posting` holds them.
///
/// The bytes are the distances from each seq to the next as LEB128; the first stands in a column.
struct Chunk {
  /// Entries in a full chunk. A format: chunk borders depend on it.
  static let capacity = 512
  /// LEB128 of a 63-bit distance takes nine bytes at most.
  private static let widest = 9

  private(set) var first: Int64 = 0
  private(set) var last: Int64 = 0
  private(set) var count = 0
  private(set) var length = 0
  private let bytes: UnsafeMutableBufferPointer<UInt8>

  /// An empty chunk; `free` gives its memory back.
  init() {
    bytes = .allocate(capacity: Self.capacity * Self.widest)
  }

  func free() {
    bytes.deallocate()
  }

  var isFull: Bool { count == Self.capacity }

  var encoded: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[0..<length])
  }

  mutating func clear() {
    count = 0
    length = 0
  }

  /// Takes over a stored chunk, to go on behind it.
  mutating func load(first: Int64, last: Int64, count: Int, seqs: UnsafeBufferPointer<UInt8>) {
    self.first = first
    self.last = last
    self.count = count
    length = seqs.count
    _ = bytes.update(fromContentsOf: seqs)
  }

  /// Adds a seq that is larger than the last; there must be room.
  mutating func append(_ seq: Int64) {
    if count == 0 {
      first = seq
    } else {
      var distance = UInt64(seq &- last)
      while distance >= 0x80 {
        bytes[length] = UInt8(truncatingIfNeeded: distance) | 0x80
        length += 1
        distance >>= 7
      }
      bytes[length] = UInt8(truncatingIfNeeded: distance)
      length += 1
    }
    last = seq
    count += 1
  }

  /// Reads the seqs of a stored chunk into `seqs`, and stops where the bytes make no sense.
  static func decode(
    first: Int64, _ bytes: UnsafeBufferPointer<UInt8>, into seqs: inout [Int64]
  ) {
    seqs.removeAll(keepingCapacity: true)
    seqs.append(first)
    var seq = first
    var distance: UInt64 = 0
    var shift: UInt64 = 0
    for byte in bytes {
      distance |= UInt64(byte & 0x7F) << shift
      if byte & 0x80 != 0 {
        shift += 7
        continue
      }
      seq &+= Int64(bitPattern: distance)
      seqs.append(seq)
      distance = 0
      shift = 0
    }
  }
}
