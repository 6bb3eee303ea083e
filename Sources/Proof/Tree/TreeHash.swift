internal import Crypto

/// A SHA-256 as it stands in the tree, by value.
package struct TreeHash: Hashable, Sendable {
  // Four words in memory order, so that a copy is four moves and 32 bytes load as they lie.
  private var words: (UInt64, UInt64, UInt64, UInt64)

  package static let byteCount = 32

  /// Takes exactly 32 bytes; nil for any other number.
  package init?(_ bytes: some Collection<UInt8>) {
    let array = Array(bytes)
    guard array.count == Self.byteCount else { return nil }
    self = array.withUnsafeBytes { $0.loadUnaligned(as: Self.self) }
  }

  /// Reads 64 hexadecimal digits; nil for anything else.
  package init?(hex: some StringProtocol) {
    guard let bytes = Hex.bytes(hex) else { return nil }
    self.init(bytes)
  }

  /// Reads the 32 bytes that lie at `pointer`.
  package init(at pointer: UnsafeRawPointer) {
    self = pointer.loadUnaligned(as: Self.self)
  }

  /// SHA-256 of the bytes.
  package init(of bytes: UnsafeRawBufferPointer) {
    var hash = SHA256()
    hash.update(bufferPointer: bytes)
    self = hash.finalize().withUnsafeBytes { $0.loadUnaligned(as: Self.self) }
  }

  /// The root of the tree without leaves: SHA-256 of nothing.
  package static let empty = Self(of: UnsafeRawBufferPointer(start: nil, count: 0))

  /// SHA-256(00 ‖ data).
  package static func leaf(_ data: [UInt8]) -> Self {
    ([0] + data).withUnsafeBytes { Self(of: $0) }
  }

  /// SHA-256(01 ‖ left ‖ right).
  package static func node(_ left: Self, _ right: Self) -> Self {
    withUnsafeTemporaryAllocation(byteCount: 65, alignment: 8) { buffer in
      buffer[0] = 1
      buffer.storeBytes(of: left, toByteOffset: 1, as: Self.self)
      buffer.storeBytes(of: right, toByteOffset: 33, as: Self.self)
      return Self(of: UnsafeRawBufferPointer(buffer))
    }
  }

  package var bytes: [UInt8] {
    withUnsafeBytes(of: self) { Array($0) }
  }

  package var hex: String {
    Hex.text(bytes)
  }

  package static func == (a: Self, b: Self) -> Bool {
    a.words == b.words
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
  }
}

extension TreeHash: CustomStringConvertible {
  package var description: String { hex }
}
