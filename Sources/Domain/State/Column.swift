/// One value per customer, in chunks: a copy shares every chunk that neither side has changed since.
package struct Column<Element: Sendable & Hashable>: Sendable, Hashable {
  private static var chunkSize: Int { 1024 }

  private var chunks: [[Element]] = []
  package private(set) var count = 0

  package init() {}

  package subscript(_ index: Int) -> Element {
    get { chunks[index / Self.chunkSize][index % Self.chunkSize] }
    set { chunks[index / Self.chunkSize][index % Self.chunkSize] = newValue }
  }

  package mutating func append(_ element: Element) {
    if count % Self.chunkSize == 0 {
      var chunk: [Element] = []
      chunk.reserveCapacity(Self.chunkSize)
      chunks.append(chunk)
    }
    chunks[chunks.count - 1].append(element)
    count += 1
  }
}
