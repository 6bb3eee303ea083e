import TestSupport
import Testing

@testable import Domain

@Suite struct ColumnTests {
  @Test(arguments: UInt64(0)..<10)
  func `it holds what an array holds, and its copies stay as they were`(seed: UInt64) {
    var chance = Chance(seed: seed)
    var column = Column<Int>()
    var model: [Int] = []
    var copies: [(Column<Int>, [Int])] = []
    for step in 0..<3000 {
      if model.isEmpty || chance.happens(3, of: 4) {
        column.append(step)
        model.append(step)
      } else {
        let index = chance.number(0...model.count - 1)
        column[index] = -step
        model[index] = -step
      }
      if step % 500 == 0 { copies.append((column, model)) }
    }
    copies.append((column, model))
    for (column, model) in copies {
      #expect(column.count == model.count)
      #expect((0..<model.count).allSatisfy { column[$0] == model[$0] })
    }
    #expect(copies[0].0 != column)
  }
}
