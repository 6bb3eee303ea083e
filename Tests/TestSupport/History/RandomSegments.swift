package import Domain

extension RandomCommands {
  /// What a team does with segments: makes few of them, changes them, and works off what falls due.
  package mutating func segment(for state: State) -> Command {
    let count = Int(state.segments.listed.last?.id.rawValue ?? 0)
    // Now and then a number that was never given.
    let unknown = chance.happens(1, of: 12) ? 1 : 0
    let id = SegmentID(Int32(chance.number(1...max(1, count + unknown))))
    switch chance.number(0...9) {
    case 0..<2: return .segment(.create(terms(for: state)))
    case 2: return .segment(.adopt((0..<3).map { _ in terms(for: state) }))
    case 3..<5:
      return .segment(
        .revise(
          id,
          SegmentChanges(
            name: chance.happens(1, of: 3) ? segmentName() : nil,
            purpose: chance.pick([nil, "", "ligar antes das dez"]),
            filter: chance.happens(1, of: 3) ? filter(for: state) : nil,
            routine: chance.pick([nil, nil, SegmentChanges.RoutineChange.none, .to(routine())]))))
    case 5: return .segment(.remove(id))
    case 6..<8: return fallDue(id, state)
    default:
      let customers = (0..<chance.number(1...3)).map { _ in
        CustomerID(Int32.random(in: 1...max(1, state.lastCustomer), using: &chance))
      }
      let listed = state.segments[id]?.list.map { Array($0.customers) } ?? []
      return .segment(
        .work(
          chance.pick(Array(WorkAct.allCases)), id,
          listed.isEmpty || chance.happens(1, of: 6) ? customers : [chance.pick(listed)], by: nil))
    }
  }

  /// Right after the list before, on some later day: the days of a history on paper go by at will.
  private mutating func fallDue(_ id: SegmentID, _ state: State) -> Command {
    let segment = state.segments[id]
    let base = max(
      segment?.routineSince ?? Timestamp(microseconds: 0),
      segment?.list?.due ?? Timestamp(microseconds: 0))
    let day = (segment?.list?.day ?? Day(20_779)).advanced(by: chance.number(0...8))
    return .segment(
      .fallDue(id, day: day, due: Timestamp(microseconds: base.rawValue + 1)))
  }

  private mutating func terms(for state: State) -> SegmentTerms {
    SegmentTerms(
      name: segmentName(), purpose: chance.pick([nil, "primeiro de manhã"]),
      filter: filter(for: state), routine: chance.happens(2, of: 3) ? routine() : nil)
  }

  private mutating func segmentName() -> String {
    chance.pick(["Manhã", "manha ", "Segunda-feira", "Sumidos", "Reclamações", ""])
  }

  private mutating func filter(for state: State) -> String {
    let number = chance.number(1...max(1, state.tags.count))
    return chance.pick([
      "everyone", "orders >= 1", "tag:#\(number)", "tag:#\(number) or orders >= 2",
      "not tag:\"*\"", "tag:\"VIP\"", "needs a bracket)", "name ~ \"ana\"",
    ])
  }

  private mutating func routine() -> Routine {
    let rhythm: Routine.Rhythm = chance.pick([
      .daily, .daily, .weekly([.monday, .thursday]), .every(days: 2, from: Day(20_779)),
    ])
    return Routine(
      rhythm: rhythm, minute: chance.number(0...1439), zone: chance.pick(["UTC", "Europe/Paris"]))
  }
}
