import APITypes

extension Session {
  /// Prints what came of a command.
  ///
  /// - Parameters:
  ///   - ids: what `-q` prints.
  ///   - unchanged: what is said where nothing had to be done; that it is so already unless given.
  func report(
    _ receipt: some Receipt, ids: [String], warnings: [Warning] = [], unchanged: String? = nil,
    _ sentence: () -> String
  ) throws {
    if quiet { return terminal.out(ids.map { "\($0)\n" }.joined()) }
    switch format {
    case .json: print(JSONText.pretty(receipt))
    case .ndjson: print(JSONText.line(receipt))
    case .csv: throw Failure.formatUnfit(.csv, fitting: [.text, .json, .ndjson])
    case .text:
      if receipt.dryRun { print(paint(words.preview, .warning)) }
      let isUnchanged = receipt.seq == nil && !receipt.dryRun
      print(isUnchanged ? unchanged ?? words.unchanged : sentence())
      warn(warnings)
    }
  }

  func warn(_ warnings: [Warning]) {
    for warning in warnings {
      remark("\(paint("\(words.note):", .warning)) \(warning.detail)")
    }
  }

  /// Receipts have no columns; said before anything is done rather than after.
  func refuseSheets() throws {
    if format == .csv { throw Failure.formatUnfit(.csv, fitting: [.text, .json, .ndjson]) }
  }

  /// Asks before something that one other command cannot take back.
  ///
  /// - Parameter preview: what would happen, as a question.
  func confirm(_ preview: String, _ options: ConfirmOptions) throws {
    if options.yes { return }
    guard terminal.canAsk else { throw Failure.needsYes }
    terminal.err("\(preview) \(words.yesOrNo) ")
    guard let answer = terminal.line(), words.isYes(answer) else { throw Failure.declined }
  }
}
