/// Where a column of values is cut into levels: all values between two breaks have the same level.
package struct Breaks: Hashable, Sendable {
  /// To which level a value belongs that equals a break. The raw values are formats.
  package enum Ties: String, CaseIterable, Hashable, Sendable {
    /// To the one below, as in R's `cut` with its standard `right = TRUE`.
    case below
    /// To the one above, as in R's `findInterval`.
    case above
  }

  /// Ascending, in parts of `1 / scale`, so that a quantile is exact and no float is needed.
  package let scaled: [Int64]
  package let scale: Int64
  package let ties: Ties

  package init(scaled: [Int64], scale: Int64 = 1, ties: Ties) {
    self.scaled = scaled
    self.scale = scale
    self.ties = ties
  }

  /// The level of a value, from 1 for what lies below all breaks.
  package func level(of value: Int64) -> Int {
    // Beyond 64 bits it lies beyond every break.
    let (product, isOver) = value.multipliedReportingOverflow(by: scale)
    let value = isOver ? (value < 0 ? .min : .max) : product
    var level = 1
    for cut in scaled where ties == .below ? value > cut : value >= cut { level += 1 }
    return level
  }
}

extension Breaks {
  /// The breaks that cut values into so many parts of about the same size.
  ///
  /// The quantiles are those of R's type 7 (Hyndman and Fan 1996), R's own default: with n values in
  /// order, x[0]…x[n-1], and h = (n − 1)·p, the quantile is x[⌊h⌋] + (h − ⌊h⌋)·(x[⌊h⌋+1] − x[⌊h⌋]).
  /// Here p is k / parts, so that h and with it the quantile are fractions of whole numbers.
  ///
  /// - Parameter values: in any order; they are put into another one.
  package init(quantilesOf values: inout [Int64], parts: Int, ties: Ties) {
    guard !values.isEmpty else {
      self.init(scaled: [], scale: Int64(parts), ties: ties)
      return
    }
    let last = values.count - 1
    var places: [Int] = []
    for part in 1..<parts {
      let place = last * part / parts
      places += [place, min(place + 1, last)]
    }
    let wanted = Set(places).sorted()
    values.withUnsafeMutableBufferPointer { select(wanted[...], in: $0, 0..<$0.count) }
    let cuts = (1..<parts).map { part in
      let (place, rest) = (last * part).quotientAndRemainder(dividingBy: parts)
      let low = Int128(values[place])
      let high = Int128(values[min(place + 1, last)])
      return Int64(clamping: low * Int128(parts) + Int128(rest) * (high - low))
    }
    self.init(scaled: cuts, scale: Int64(parts), ties: ties)
  }
}

/// Moves values so that at each of the places stands what would stand there in order.
///
/// Quickselect for several places at once, with a partition in three, since the values of a column
/// repeat a great deal: half of all customers have ordered once.
private func select(
  _ places: ArraySlice<Int>, in values: UnsafeMutableBufferPointer<Int64>, _ range: Range<Int>
) {
  guard !places.isEmpty, range.count > 1 else { return }
  guard range.count > 24 else {
    var few = UnsafeMutableBufferPointer(rebasing: values[range])
    few.sort()
    return
  }
  let pivot = middle(of: values, range)
  var low = range.lowerBound
  var high = range.upperBound
  var index = low
  while index < high {
    let value = values[index]
    if value < pivot {
      values.swapAt(index, low)
      low += 1
      index += 1
    } else if value > pivot {
      high -= 1
      values.swapAt(index, high)
    } else {
      index += 1
    }
  }
  let before = places.prefix { $0 < low }
  let behind = places.drop { $0 < high }
  select(before, in: values, range.lowerBound..<low)
  select(behind, in: values, high..<range.upperBound)
}

/// The median of three medians of three, spread over the range.
private func middle(of values: UnsafeMutableBufferPointer<Int64>, _ range: Range<Int>) -> Int64 {
  func median(_ a: Int64, _ b: Int64, _ c: Int64) -> Int64 {
    max(min(a, b), min(max(a, b), c))
  }
  let step = range.count / 9
  func part(_ first: Int) -> Int64 {
    let start = range.lowerBound + first * step
    return median(values[start], values[start + step], values[start + 2 * step])
  }
  return median(part(0), part(3), part(6))
}
