internal import MemoryShims

/// Columns of a block of which a scan reads those of many customers.
struct FactColumns: OptionSet, Sendable {
  let rawValue: UInt8

  static let placed = FactColumns(rawValue: 1)
  static let amounts = FactColumns(rawValue: 2)
  /// Which lines an order has, and what they are about.
  static let lines = FactColumns(rawValue: 4)
}

/// Has the blocks that come next fetched into the cache: their columns lie anywhere in memory, and a scan
/// that came upon one after another would wait for most of its time.
///
/// It looks at arrays as they lie in memory, since each array that is looked at as a value is counted, which
/// would be waiting too. Nothing but a hint to the processor comes of what it finds.
struct FactAhead {
  /// Where the array of a column stands in a block, and how many bytes it takes: for each row, and besides.
  private struct Column {
    let offset: Int
    let perRow: Int
    let besides: Int

    init<Element>(_ path: KeyPath<FactBlock, [Element]>, perCustomer: Bool = false) {
      offset = MemoryLayout<FactBlock>.offset(of: path)!
      perRow = perCustomer ? 0 : MemoryLayout<Element>.stride
      besides = perCustomer ? FactBlock.size * MemoryLayout<Element>.stride : 0
    }
  }

  private let columns: [Column]
  private let placed = Column(\.placed)
  /// Which customers of each block are asked for; nil for all.
  private let masks: UnsafeBufferPointer<UInt32>?

  /// How many blocks ahead of the scan a block is fetched, and where its number of rows stands, and its
  /// columns: each is found by what was fetched before.
  private static let leads = (block: 12, rows: 8, columns: 4)
  private static let cacheLine = 64

  /// - Parameter masks: which customers of each block are asked for, for as long as it is used; blocks of
  ///   which nobody is are not fetched.
  init(_ columns: FactColumns, of masks: UnsafeBufferPointer<UInt32>?) {
    self.masks = masks
    let columns = Storage.isAsExpected ? columns : []
    var all: [Column] = columns.isEmpty ? [] : [Column(\.orderEnds, perCustomer: true), placed]
    if columns.contains(.amounts) { all.append(Column(\.amounts)) }
    // Most orders have one line.
    if columns.contains(.lines) { all += [Column(\.lineEnds), Column(\.lineTopics)] }
    self.columns = all
  }

  /// Fetches what is due of the blocks behind one of a chunk, each in an array of its own.
  ///
  /// - Parameters:
  ///   - index: the place of the block in the chunk.
  ///   - first: the number of the chunk's first block.
  ///   - end: the number of the block at which the scan ends.
  @inline(__always)
  func fetch(behind index: Int, of boxes: [[FactBlock]], from first: Int, to end: Int) {
    if columns.isEmpty { return }
    @inline(__always) func isAsked(_ lead: Int) -> Bool {
      let number = first + index + lead
      guard number < end else { return false }
      return masks.map { $0[number] != 0 } ?? true
    }
    boxes.withUnsafeBytes { boxes in
      if isAsked(Self.leads.block), let block = Storage(index + Self.leads.block, of: boxes) {
        Self.fetch(
          block.object + Storage.countOffset, Storage.countsSize + MemoryLayout<FactBlock>.size)
      }
      if isAsked(Self.leads.rows), let block = Storage(index + Self.leads.rows, of: boxes),
        block.count == 1
      {
        tagledger_prefetch(block.array(placed).object + Storage.countOffset)
      }
      if isAsked(Self.leads.columns), let block = Storage(index + Self.leads.columns, of: boxes),
        block.count == 1
      {
        let rows = block.array(placed).count
        for column in columns {
          // With its number of elements, which stands before them.
          Self.fetch(
            block.array(column).object + Storage.countOffset,
            Storage.countsSize + rows * column.perRow + column.besides)
        }
      }
    }
  }

  @inline(__always)
  private static func fetch(_ start: UnsafeRawPointer, _ length: Int) {
    // From the beginning of the line in which it stands.
    let within = Int(bitPattern: start) & (cacheLine - 1)
    for offset in stride(from: -within, to: length, by: cacheLine) {
      tagledger_prefetch(start + offset)
    }
  }

  /// The memory of an array: two words of the object, two of counts, then the elements.
  /// https://github.com/swiftlang/swift/blob/main/stdlib/public/SwiftShims/swift/shims/GlobalObjects.h
  private struct Storage {
    let object: UnsafeRawPointer

    static let countOffset = 16
    static let countsSize = 16
    static let elementsOffset = countOffset + countsSize

    /// Whether arrays are laid out so by the library that this runs with.
    static let isAsExpected: Bool = {
      let sample = [Int64](repeating: 1, count: 3)
      return withExtendedLifetime(sample) {
        let storage = Storage(unsafeBitCast(sample, to: UnsafeRawPointer.self))
        return sample.withUnsafeBytes { $0.baseAddress == storage.object + elementsOffset }
          && storage.count == sample.count
      }
    }()

    @inline(__always) var count: Int { object.load(fromByteOffset: Self.countOffset, as: Int.self) }
    @inline(__always) var elements: UnsafeRawPointer { object + Self.elementsOffset }

    @inline(__always)
    init?(_ index: Int, of arrays: UnsafeRawBufferPointer) {
      let offset = index * MemoryLayout<[FactBlock]>.stride
      guard offset < arrays.count else { return nil }
      object = arrays.load(fromByteOffset: offset, as: UnsafeRawPointer.self)
    }

    private init(_ object: UnsafeRawPointer) {
      self.object = object
    }

    /// A column of the block that stands here.
    @inline(__always)
    func array(_ column: Column) -> Storage {
      Storage(elements.load(fromByteOffset: column.offset, as: UnsafeRawPointer.self))
    }
  }
}
