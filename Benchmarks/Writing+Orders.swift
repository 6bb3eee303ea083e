import Foundation

extension Writing {
  /// A spreadsheet of orders, one a row, against the durable rate of a bulk command in the same run.
  mutating func orders(_ table: inout Table) throws {
    let count = 200_000
    var times: (orders: [Double], lines: [Double], bulk: [Double]) = ([], [], [])
    for round in 0..<max(3, rounds) {
      try waitForViews()
      times.bulk.append(try timeBulk())
      try waitForViews()
      times.orders.append(try take(Self.file(count, round), "mapping=", count))
      try waitForViews()
      times.lines.append(try take(Self.lines(count, round), "lines=", count / Self.linesPerOrder))
    }
    let bound = 100_000 / times.bulk.median
    let (orders, lines) = (
      Double(count) / times.orders.median, Double(count) / times.lines.median
    )
    table.add(
      "import of orders, one a row", Text.rate(orders, "orders"),
      bound: Text.rate(bound, "events") + " (a tag applied to 100,000)", ratio: orders / bound,
      reach: "at least 0.5", met: orders >= bound / 2)
    table.add(
      "import of orders, four lines each", Text.rate(lines, "lines"),
      bound: Text.rate(bound, "events") + " (a tag applied to 100,000)", ratio: lines / bound,
      reach: "at least 0.5", met: lines >= bound / 2)
  }

  private static let linesPerOrder = 4

  /// Orders of customers in no order, as a shop has them.
  private static func file(_ count: Int, _ round: Int) -> String {
    var text = "order,time,amount,id\n"
    for number in 0..<count {
      text += "\(round)-\(number),\(time(number)),\(number % 500).\(10 + number % 90),"
      text += "\(customer(number))\n"
    }
    return text
  }

  private static func lines(_ count: Int, _ round: Int) -> String {
    var text = "order,time,product,category,quantity,price,id\n"
    for number in 0..<count {
      let order = number / linesPerOrder
      text += "L\(round)-\(order),\(time(order)),P\(number % 3000),C\(number % 20),"
      text += "\(number % 5 + 1),\(number % 90).\(10 + number % 90),\(customer(order))\n"
    }
    return text
  }

  private static func customer(_ number: Int) -> Int { number * 7919 % 200_000 + 1 }

  private static func time(_ number: Int) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "2025-\(two(number / 28 % 12 + 1))-\(two(number % 28 + 1))T\(two(number % 24)):00:00Z"
  }

  /// What went before is not to be paid for by what comes: an import keeps pace with the views.
  private func waitForViews() throws {
    while true {
      let status = try daemon.wire().ask(Wire.get("/v1/status")).text
      guard let position = status.firstMatch(of: /"position":(\d+),"read_only"/)?.output.1,
        let views = status.firstMatch(of: /"views_position":(\d+)/)?.output.1
      else { throw Failure(status) }
      if position == views { return }
      usleep(20_000)
    }
  }

  /// Sends a file and waits until it is in.
  private func take(_ file: String, _ what: String, _ count: Int) throws -> Double {
    let request = Wire.post(
      "/v1/imports/orders?file=bench.csv&columns=id:id", file)
    let start = now()
    let answer = try daemon.wire().ask(request)
    guard let job = answer.text.firstMatch(of: /"id":"([0-9a-f-]+)"/)?.output.1 else {
      throw Failure(answer.text)
    }
    while true {
      let state = try daemon.wire().ask(Wire.get("/v1/jobs/\(job)")).text
      if state.contains("\"state\":\"done\"") {
        guard state.contains("\"orders\":\(count)") else { throw Failure("\(what) \(state)") }
        return now() - start
      }
      guard state.contains("\"state\":\"running\"") else { throw Failure("\(what) \(state)") }
      usleep(5000)
    }
  }
}
