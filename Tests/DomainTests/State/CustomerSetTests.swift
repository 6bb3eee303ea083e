import TestSupport
import Testing

@testable import Domain

@Suite struct CustomerSetTests {
  @Test(arguments: UInt64(0)..<50)
  func `it holds what a set of numbers holds, whatever is done to both`(seed: UInt64) {
    var chance = Chance(seed: seed)
    // Few enough to meet again, far enough apart for empty chunks in between.
    let pool = (0..<300).map { _ in Int32(chance.number(0...120_000)) }
    var sets = [CustomerSet](repeating: CustomerSet(), count: 3)
    var models = [Set<Int32>](repeating: [], count: 3)
    for _ in 0..<400 {
      let (a, b) = (chance.number(0...2), chance.number(0...2))
      let id = chance.pick(pool)
      switch chance.number(0...19) {
      case 0..<11: #expect(sets[a].insert(CustomerID(id)) == models[a].insert(id).inserted)
      case 11..<16: #expect(sets[a].remove(CustomerID(id)) == (models[a].remove(id) != nil))
      case 16:
        sets[a].formUnion(sets[b])
        models[a].formUnion(models[b])
      case 17:
        sets[a].formIntersection(sets[b])
        models[a].formIntersection(models[b])
      case 18:
        sets[a] = sets[a].subtracting(sets[b])
        models[a].subtract(models[b])
      default:
        sets[a] = sets[b]
        models[a] = models[b]
      }
      #expect(sets[a].count == models[a].count)
      #expect(sets[a].contains(CustomerID(id)) == models[a].contains(id))
    }
    for (set, model) in zip(sets, models) {
      #expect(set.map(\.rawValue) == model.sorted())
      #expect(set == CustomerSet(model.map { CustomerID($0) }))
      #expect(set.hashValue == CustomerSet(model.map { CustomerID($0) }).hashValue)
      #expect(set.isEmpty == model.isEmpty)
      for other in zip(sets, models) { #expect((set == other.0) == (model == other.1)) }
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func `pages follow each other in ascending order without gaps`(seed: UInt64) {
    var chance = Chance(seed: seed)
    let ids = Set((0..<200).map { _ in Int32(chance.number(0...60_000)) })
    let set = CustomerSet(ids.map { CustomerID($0) })
    var found: [CustomerID] = []
    while true {
      let page = set.after(found.last, limit: chance.number(1...30))
      if page.isEmpty { break }
      found += page
    }
    #expect(found.map(\.rawValue) == ids.sorted())
    let cursor = Int32(chance.number(0...60_000))
    #expect(
      set.after(CustomerID(cursor), limit: 5).map(\.rawValue)
        == Array(ids.sorted().filter { $0 > cursor }.prefix(5)))
  }

  @Test(arguments: [63, 64, 16_383, 16_384, 32_767, 32_768])
  func `the edges of words and chunks belong to one side`(edge: Int32) {
    let set = CustomerSet([CustomerID(edge), CustomerID(edge + 1)])
    #expect(set.after(CustomerID(edge - 1), limit: 9).map(\.rawValue) == [edge, edge + 1])
    #expect(set.after(CustomerID(edge), limit: 9).map(\.rawValue) == [edge + 1])
    #expect(set.after(CustomerID(edge + 1), limit: 9) == [])
  }

  @Test func `numbers that no customer can have are in no set`() {
    let set = CustomerSet([CustomerID(1)])
    #expect(!set.contains(CustomerID(-1)))
    #expect(!set.contains(CustomerID(.min)))
    #expect(!set.contains(CustomerID(.max)))
    #expect(set.after(CustomerID(-5), limit: 9) == [CustomerID(1)])
    #expect(set.after(CustomerID(.max), limit: 9) == [])
  }

  @Test func `a copy does not see what is done to the original`() {
    var set = CustomerSet([CustomerID(1), CustomerID(50_000)])
    let copy = set
    set.insert(CustomerID(2))
    set.remove(CustomerID(50_000))
    #expect(copy.map(\.rawValue) == [1, 50_000])
    #expect(set.map(\.rawValue) == [1, 2])
  }
}
