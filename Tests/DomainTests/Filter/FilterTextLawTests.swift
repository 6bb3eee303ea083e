import TestSupport
import Testing

@testable import Domain

/// What holds of reading and writing any filter.
struct FilterTextLawTests {
  @Test(arguments: UInt64(0)..<2000)
  func `reading what was written gives the same filter`(seed: UInt64) throws {
    var filters = RandomFilters(seed: seed, isWild: true)
    let filter = filters.filter()
    let text = filter.stored
    let again = try Filter(stored: text)
    #expect(again == filter, "\(text)")
    #expect(again.stored == text)
  }

  /// Each is spoilt somewhere: read or refused, and never anything else.
  @Test(arguments: UInt64(0)..<500)
  func `whatever is written, it is read or refused with a place in it`(seed: UInt64) throws {
    var filters = RandomFilters(seed: seed, isWild: true)
    for _ in 0..<20 {
      var scalars = Array(filters.filter().stored.unicodeScalars)
      for _ in 0..<filters.chance.number(1...4) where !scalars.isEmpty {
        let place = filters.chance.number(0...scalars.count - 1)
        switch filters.chance.number(0...3) {
        case 0: scalars.remove(at: place)
        case 1: scalars.insert(filters.chance.pick(Self.signs), at: place)
        case 2: scalars[place] = filters.chance.pick(Self.signs)
        default: scalars.swapAt(place, filters.chance.number(0...scalars.count - 1))
        }
      }
      try expectReadOrRefused(String(String.UnicodeScalarView(scalars)))
    }
  }

  @Test(arguments: UInt64(0)..<500)
  func `words thrown together are read or refused`(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    for _ in 0..<20 {
      let words = (0..<chance.number(0...12)).map { _ in chance.pick(Self.words) }
      try expectReadOrRefused(words.joined(separator: chance.pick(["", " "])))
    }
  }

  private static let signs: [Unicode.Scalar] = [
    "(", ")", ",", ":", "~", "%", "#", "\"", "\\", "<", "=", "!", "0", "9", ".", "-", "a", "é",
    "\u{0}", "\u{301}", "\u{10FFFF}", "💎", "\n", "“", "«", "»", "≥",
  ]

  private static let words =
    [
      "and", "or", "not", "any", "all", "none", "of", "(", ")", ",", ":", "tag", "#1", "\"x\"",
      "tagged", "for", ">", "<=", "=", "24h", "5", "5%", "80", "%", "last", "previous", "since",
      "2026-01-01", "from", "to", "category", "product", "is", "missing", "source", "everyone",
      "99999999999999999999", "0d", "999999999999d", "~", "note", "random", "seed",
    ] + FilterFigure.Kind.allCases.map(\.rawValue)

  private func expectReadOrRefused(_ text: String) throws {
    do throws(Problem) {
      let filter = try Filter(stored: text)
      #expect(try Filter(stored: filter.stored) == filter, "\(text)")
    } catch {
      switch error {
      case .filterInvalid(let position, _, let expected):
        #expect((1...text.count + 1).contains(position) && !expected.isEmpty, "\(text)")
      case .filterTagUnknown(_, let position, _):
        #expect((1...text.count + 1).contains(position), "\(text)")
      case .filterTooLarge: break
      default: Issue.record("\(error): \(text)")
      }
    }
  }
}
