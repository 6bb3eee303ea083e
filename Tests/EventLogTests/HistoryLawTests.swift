import Domain
import EventLog
import TestSupport
import Testing

/// What holds for any history of commands that is recorded.
@Suite struct HistoryLawTests {
  @Test(arguments: UInt64(0)..<8)
  func `every event keeps to its schema, and the log gives the state again`(seed: UInt64) throws {
    let directory = try TemporaryDirectory()
    let log = try open(directory)
    let schemas = try EventSchemas()
    var commands = RandomCommands(seed: seed)
    var ledger = PaperLedger()
    for number in 0..<10 {
      var batch: [Draft] = []
      for _ in 0..<10 {
        let at = ledger.now
        guard let decision = try? ledger.take(commands.next(for: ledger.state)) else { continue }
        batch.append(
          Draft(
            command: id(UInt64(number * 10 + batch.count)), actor: ana, at: at,
            events: decision.events))
      }
      for event in try log.append(batch).events {
        try schemas.validate(log.publicForm(event))
      }
    }
    var state = State()
    for (event, lookups) in zip(try log.everything(), ledger.lookups) {
      state.evolve(
        event.type, tag: event.tag, customer: event.customer, at: event.at,
        occurred: event.occurred, data: try event.data.map { try JSON(parsing: $0) },
        lookups: lookups)
    }
    #expect(state.firstDifference(to: ledger.state) == nil)
    log.close()
  }
}
