/// In which order customers are listed: by a figure, those who lack it last; equal ones by their number.
package struct FilterOrder: Hashable, Sendable {
  package var figure: FilterFigure
  package var isDescending: Bool

  package init(_ figure: FilterFigure, isDescending: Bool) {
    self.figure = figure
    self.isDescending = isDescending
  }

  /// Reads `spent(last 365d)`, or `-spent(last 365d)` for the most first.
  package init(_ text: String) throws(Problem) {
    let isDescending = text.utf8.first == UInt8(ascii: "-")
    // A space keeps the places that an error points at.
    var parser = try FilterParser(isDescending ? " " + text.dropFirst() : text)
    self.init(try parser.figure(), isDescending: isDescending)
    try parser.end()
  }

  /// The canonical text.
  package var text: String {
    (isDescending ? "-" : "") + figure.text
  }
}

extension FilterOrder {
  /// The next of these customers behind one of them.
  ///
  /// Where that one stands is found anew, so that a page goes on rightly when others have come or gone.
  package func page(
    of customers: CustomerSet, after last: CustomerID?, limit: Int, on ground: FilterGround
  ) -> [CustomerID] {
    let kernel = FactKernel(figure, on: ground)
    let start = last.map { Place(kernel, self, $0, in: ground.state) }
    let blocks = (ground.state.customers.count + FactBlock.size - 1) / FactBlock.size
    let masks = customers.masks(blocks)
    let table = ground.state.facts.table
    let perShare = 1024
    let shares = (blocks + perShare - 1) / perShare
    var found = [[Place]](repeating: [], count: shares)
    found.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let found = buffer
      ground.spread(shares) { share in
        var best = BestPlaces(limit: limit, after: start)
        let part = share * perShare..<min((share + 1) * perShare, blocks)
        masks.withUnsafeBufferPointer { masks in
          table.eachBlock(in: part, fetching: kernel.columns, of: masks) { index, block in
            var left = masks[index]
            while left != 0 {
              let slot = left.trailingZeroBitCount
              left &= left - 1
              let value = kernel.value(block, slot)
              best.take(Place(value, self, index * FactBlock.size + slot + 1))
            }
          }
        }
        found[share] = best.places
      }
    }
    return found.joined().sorted().prefix(limit).map(\.customer)
  }

  /// Where a customer stands: what comes first is less.
  fileprivate struct Place: Comparable, Sendable {
    /// Infinite where the figure is missing.
    let key: Double
    let customer: CustomerID

    init(_ value: FactKernel.Value?, _ order: FilterOrder, _ number: Int) {
      let figure = value.map { Double($0.numerator) / Double($0.denominator) }
      key = figure.map { order.isDescending ? -$0 : $0 } ?? .infinity
      customer = CustomerID(Int32(number))
    }

    init(_ kernel: FactKernel, _ order: FilterOrder, _ customer: CustomerID, in state: State) {
      let (index, slot) = FactTable.place(of: customer)
      let block = state.facts.block(max(0, index)) ?? FactBlock()
      let value = withUnsafePointer(to: block) { kernel.value($0, max(0, slot)) }
      self.init(value, order, Int(customer.rawValue))
    }

    static func < (a: Self, b: Self) -> Bool {
      (a.key, a.customer) < (b.key, b.customer)
    }
  }

  /// The first few of many, without keeping the many.
  fileprivate struct BestPlaces {
    let limit: Int
    let after: Place?
    private(set) var places: [Place] = []
    private var worst: Place?

    init(limit: Int, after: Place?) {
      self.limit = limit
      self.after = after
    }

    mutating func take(_ place: Place) {
      if let after, place <= after { return }
      if let worst, worst < place { return }
      places.append(place)
      guard places.count >= 2 * limit + 64 else { return }
      places.sort()
      places.removeSubrange(limit...)
      worst = places.last
    }
  }
}
