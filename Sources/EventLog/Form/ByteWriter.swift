/// A growing run of bytes without the checks of an array: the public form is written a million
/// times a second, and an `append` per byte took most of that time.
struct ByteWriter: ~Copyable {
  private var base: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 4096) {
    base = .allocate(capacity: capacity)
    self.capacity = capacity
  }

  deinit {
    base.deallocate()
  }

  /// What has been written; valid until the next write.
  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: base, count: count)
  }

  mutating func removeAll() {
    count = 0
  }

  /// Makes room for `extra` more bytes; every write below relies on it.
  @inline(__always)
  private mutating func reserve(_ extra: Int) {
    if count + extra > capacity { grow(extra) }
  }

  @inline(never)
  private mutating func grow(_ extra: Int) {
    let larger = max(capacity * 2, count + extra)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
    moved.update(from: base, count: count)
    base.deallocate()
    base = moved
    capacity = larger
  }

  @inline(__always)
  mutating func write(_ byte: UInt8) {
    reserve(1)
    base[count] = byte
    count += 1
  }

  @inline(__always)
  mutating func write(_ text: StaticString) {
    let length = text.utf8CodeUnitCount
    reserve(length)
    (base + count).update(from: text.utf8Start, count: length)
    count += length
  }

  @inline(__always)
  mutating func write(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    reserve(bytes.count)
    UnsafeMutableRawPointer(base + count).copyMemory(from: start, byteCount: bytes.count)
    count += bytes.count
  }

  mutating func write(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { write($0) }
  }

  /// An integer in decimal.
  mutating func write(decimal value: Int64) {
    reserve(20)
    if value < 0 { write(UInt8(ascii: "-")) }
    var rest = value.magnitude
    var low = count
    repeat {
      base[count] = UInt8(truncatingIfNeeded: 48 + rest % 10)
      count += 1
      rest /= 10
    } while rest != 0
    var high = count - 1
    while low < high {
      (base[low], base[high]) = (base[high], base[low])
      low += 1
      high -= 1
    }
  }

  /// An integer that is not negative in exactly `width` digits, padded with zeros.
  @inline(__always)
  mutating func write(padded value: Int64, width: Int) {
    reserve(width)
    var rest = UInt64(value)
    var position = count + width
    while position > count {
      position -= 1
      base[position] = UInt8(truncatingIfNeeded: 48 + rest % 10)
      rest /= 10
    }
    count += width
  }

  /// The 36 characters of a UUID (RFC 9562 §4).
  mutating func write(uuid high: UInt64, _ low: UInt64) {
    reserve(36)
    let target = UnsafeMutableRawPointer(base + count)
    let second = Self.hex(UInt32(truncatingIfNeeded: high))
    let third = Self.hex(UInt32(truncatingIfNeeded: low >> 32))
    target.storeBytes(of: Self.hex(UInt32(truncatingIfNeeded: high >> 32)), as: UInt64.self)
    target.storeBytes(of: UInt32(truncatingIfNeeded: second), toByteOffset: 9, as: UInt32.self)
    target.storeBytes(
      of: UInt32(truncatingIfNeeded: second >> 32), toByteOffset: 14, as: UInt32.self)
    target.storeBytes(of: UInt32(truncatingIfNeeded: third), toByteOffset: 19, as: UInt32.self)
    target.storeBytes(
      of: UInt32(truncatingIfNeeded: third >> 32), toByteOffset: 24, as: UInt32.self)
    target.storeBytes(
      of: Self.hex(UInt32(truncatingIfNeeded: low)), toByteOffset: 28, as: UInt64.self)
    base[count + 8] = UInt8(ascii: "-")
    base[count + 13] = UInt8(ascii: "-")
    base[count + 18] = UInt8(ascii: "-")
    base[count + 23] = UInt8(ascii: "-")
    count += 36
  }

  /// Eight hexadecimal digits as they lie in memory: one digit a byte, all worked out at once.
  private static func hex(_ value: UInt32) -> UInt64 {
    var digits = UInt64(value)
    digits = (digits | digits << 16) & 0x0000_ffff_0000_ffff
    digits = (digits | digits << 8) & 0x00ff_00ff_00ff_00ff
    digits = (digits | digits << 4) & 0x0f0f_0f0f_0f0f_0f0f
    // 1 in each byte that holds a digit above 9, which is a letter: 39 places further on.
    let letters = (digits + 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    return (digits + 0x3030_3030_3030_3030 + letters * 39).bigEndian
  }

  /// A string in quotes with the escapes of RFC 8785 §3.2.2.2; `text` is UTF-8.
  mutating func write(quoted text: UnsafeRawBufferPointer) {
    reserve(text.count * 6 + 2)
    base[count] = UInt8(ascii: "\"")
    count += 1
    for byte in text {
      if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
        base[count] = byte
        count += 1
      } else {
        writeEscape(byte)
      }
    }
    write(UInt8(ascii: "\""))
  }

  private mutating func writeEscape(_ byte: UInt8) {
    switch byte {
    case 0x08: write("\\b")
    case 0x09: write("\\t")
    case 0x0a: write("\\n")
    case 0x0c: write("\\f")
    case 0x0d: write("\\r")
    case UInt8(ascii: "\""): write("\\\"")
    case UInt8(ascii: "\\"): write("\\\\")
    default:
      write("\\u00")
      write(48 + byte >> 4)
      let low = byte & 15
      write(low < 10 ? 48 + low : 87 + low)
    }
  }
}
