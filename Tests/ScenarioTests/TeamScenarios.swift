import Testing

extension Scenarios {
  /// The owner takes somebody into the team, from the command line.
  struct Teams {
    @Test func `can answers with the grant that decides it, and its exit code is for scripts`()
      throws
    {
      let daemon = try RunningDaemon()
      for words in [
        ["operator", "add", "Maria", "--uid", "54321"],
        ["role", "grant", "Maria", "agent", "--categories", "Status"],
        ["tag", "create", "Status-Novo"],
      ] {
        let outcome = try run(
          Programs.commandLine, words, environment: ["TAGLEDGER_SOCKET": daemon.socket])
        #expect(outcome.code == 0, "\(words): \(outcome)")
      }
      let yes = try daemon.tagledger("can", "Maria", "tags:apply", "Status-*")
      #expect(yes.code == 0 && yes.output.contains("agent"), "\(yes)")
      // The category is the same however it is written, and another one is not.
      let accented = try daemon.tagledger("can", "Maria", "tags:apply", "státus-*")
      #expect(accented.code == 0, "\(accented)")
      for asked in [["tags:apply", "Pedido-*"], ["tags:merge", "Status-*"]] {
        let no = try daemon.tagledger("can", "Maria", asked[0], asked[1])
        #expect(no.code == 1 && no.errors.isEmpty && !no.output.isEmpty, "\(no)")
      }
      let shown = try daemon.tagledger("team", "show")
      #expect(shown.output.contains("Maria"))
    }
  }
}
