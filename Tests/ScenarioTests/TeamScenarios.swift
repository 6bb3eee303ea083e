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

      // Before she came, nobody knew her; before she was granted anything, she might do nothing.
      let founded = try daemon.tagledger("team", "show", "--as-of", "1")
      #expect(founded.code == 0 && !founded.output.contains("Maria"), "\(founded)")
      let added = try daemon.tagledger("team", "show", "--as-of", "2")
      #expect(added.output.contains("Maria") && !added.output.contains("agent"), "\(added)")
      let early = try daemon.tagledger("can", "Maria", "tags:apply", "Status-*", "--as-of", "2")
      #expect(early.code == 1 && !early.output.isEmpty, "\(early)")
      let later = try daemon.tagledger("can", "Maria", "tags:apply", "Status-*", "--as-of", "4")
      #expect(later.code == 0 && later.output.contains("agent"), "\(later)")
    }
  }
}
