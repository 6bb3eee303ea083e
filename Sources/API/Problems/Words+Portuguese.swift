import Domain

/// The words of problems in Portuguese: a title for the kind, a detail that says what to do.
extension Problem {
  var portuguese: (title: String, detail: String) {
    switch self {
    case .tagNameEmpty:
      ("Uma etiqueta precisa de um nome", "Dê-lhe ao menos uma letra, um número ou um símbolo.")
    case .tagNameTooLong(let name, let length, let limit):
      (
        "O nome é longo demais",
        "“\(name)” tem \(length) caracteres; são permitidos no máximo \(limit)."
      )
    case .tagNameHasControlCharacter(let name):
      (
        "O nome tem um caractere invisível",
        "“\(shown(name))” tem um caractere de controle, como uma tabulação ou uma quebra de "
          + "linha. Retire-o."
      )
    case .tagNameTaken(let name, let tag, let isAlias):
      (
        "Já existe uma etiqueta com esse nome",
        "“\(name)” \(isAlias ? "é um apelido" : "se lê como o nome") da etiqueta "
          + "\(tag.rawValue). Escolha outro, ou una as duas."
      )
    case .tagNameArchived(let name, let tag, let isAlias):
      (
        "Uma etiqueta arquivada tem esse nome",
        "“\(name)” é \(isAlias ? "um apelido" : "o nome") da etiqueta arquivada "
          + "\(tag.rawValue). Restaure-a, ou escolha outro nome."
      )
    case .tagNotFound(let tag):
      (
        "Essa etiqueta não existe",
        "Nenhuma etiqueta é conhecida como “\(tag)”. A lista de etiquetas diz o que há."
      )
    case .tagArchived(let tag):
      (
        "A etiqueta está arquivada",
        "A etiqueta \(tag.rawValue) já não pode ser aplicada nem alterada. Restaure-a primeiro."
      )
    case .tagMergedIntoItself(_, let name):
      (
        "Uma etiqueta não pode ser unida a si mesma",
        "Ambas são “\(shown(name))”. Indique outra como destino."
      )
    case .tagRevisionChanged(let tag, let expected, let actual):
      (
        "A etiqueta mudou entretanto",
        "Você viu a revisão \(expected) da etiqueta \(tag.rawValue); ela está na \(actual) "
          + "agora. Olhe de novo e então decida."
      )
    case .tagCustomersMiscounted(let tag, let given, let actual):
      (
        "Outro número de clientes tem a etiqueta",
        "Você disse \(given); \(actual) têm a etiqueta \(tag.rawValue), e todos a perderiam. "
          + "Repita com esse número para excluí-la."
      )
    case .tagSetConflict(let tag, let other, let customers):
      (
        "Há clientes com duas etiquetas do conjunto",
        "\(customers) têm as etiquetas \(tag.rawValue) e \(other.rawValue), mas de um "
          + "conjunto cada cliente tem só uma. Retire antes uma das duas."
      )
    case .categoryEmpty(let category):
      ("Nenhuma etiqueta é dessa categoria", "Nenhum nome de etiqueta começa com “\(category)-”.")
    case .colorUnknown(let color):
      ("Isso não é uma cor", "“\(color)” não é #rrggbb nem um número da paleta, de 0 a 19.")
    case .dateUnreadable(let date):
      (
        "Isso não é uma data",
        "“\(shown(date))” não indica um dia. Os dias se escrevem ano-mês-dia, como 2026-11-22; uma "
          + "importação lê 31/12/2026 com --dates dmy ou mdy."
      )
    case .textTooLong(let field, let length, let limit):
      (
        "Um texto é longo demais",
        "“\(field)” tem comprimento \(length); o máximo permitido é \(limit)."
      )
    case .customerNotFound(let customer):
      ("Esse cliente não existe", "Nenhum cliente é conhecido como “\(customer)”.")
    case .customerRevisionChanged(let customer, let expected, let actual):
      (
        "O cliente mudou entretanto",
        "Você viu a revisão \(expected) do cliente \(customer.rawValue); está na \(actual) "
          + "agora. Olhe de novo e então decida."
      )
    case .customerMergedIntoItself(let customer):
      (
        "Um cliente não pode ser unido a si mesmo",
        "Ambos são o cliente \(customer.rawValue). Indique outro como destino."
      )
    case .customerNeedsName:
      ("Um cliente precisa de algo que o identifique", "Dê um nome, um telefone ou uma referência.")
    case .customerErased(let customer):
      (
        "A pessoa foi apagada",
        "O cliente \(customer.rawValue) é um número sem pessoa; cadastre de novo se ela voltar."
      )
    case .reasonMissing:
      ("É preciso um motivo", "Diga por quê; fica no registro para sempre.")
    case .phoneUnreadable(let phone):
      (
        "Isso não é um telefone",
        "“\(phone)” não pode ser lido; escreva com + e o país, como +55 41 98888-7777."
      )
    case .phoneTaken(let customer):
      (
        "Outro cliente tem esse telefone",
        "É do cliente \(customer.rawValue). Se for a mesma pessoa, una os dois."
      )
    case .refTaken(let customer):
      (
        "Outro cliente tem essa referência",
        "É do cliente \(customer.rawValue). Se for a mesma pessoa, una os dois."
      )
    case .bulkTooLarge(let count, let limit):
      (
        "Clientes demais para um só comando",
        "Foram dados \(count); no máximo \(limit) podem ser alterados de uma vez."
      )
    case .rowRepeated(let line):
      (
        "A linha contradiz outra",
        "A linha \(line) diz outra coisa do mesmo cliente; deixe só uma."
      )
    case .columnMissing(let column, let headings):
      (
        "Falta uma coluna",
        "Não há coluna “\(column)” entre: \(shown(headings.joined(separator: ", "))). Indique a "
          + "correspondência das colunas."
      )
    case .cellMissing(let column):
      ("Uma célula está vazia", "A linha não tem nada em “\(column)”.")
    case .columnRepeated(let column, let field):
      (
        "Duas colunas têm o mesmo título",
        "Várias colunas se chamam “\(column)”; dê outro título à que contém “\(field)”."
      )
    case .rowTooWide(let cells, let headings):
      (
        "A linha tem mais células que o cabeçalho",
        "São \(cells) células para \(headings) títulos. Ponha entre aspas a célula que contém uma "
          + "vírgula ou outro separador."
      )
    case .spreadsheetUnreadable(let fault):
      ("O arquivo não pode ser lido", fault.words(in: .pt))
    case .permissionMissing, .callerUnknown, .credentialRefused, .assertionRefused,
      .operatorNotFound, .operatorNameTaken, .operatorArchived, .operatorRevisionChanged,
      .identityTaken, .tokenNotFound, .tokenOutlasts, .roleNotFound, .roleNameTaken, .roleFixed,
      .roleRevisionChanged, .permissionUnknown, .grantNotFound, .teamBeyondOwn, .teamLastOwner,
      .textEmpty:
      portugueseOfTeam
    case .requestMalformed(let what):
      ("O pedido não pode ser lido", "\(what)")
    case .parameterUnreadable(let name, let value, let expected):
      parameterWords(name, value, expected, in: .pt)
    case .bodyTooLarge(let limit):
      ("O corpo é grande demais", "São lidos no máximo \(limit) bytes.")
    case .jobNotFound(let job):
      ("Essa tarefa não existe", "Nenhuma tarefa tem o identificador “\(job)”.")
    case .jobNotResumable(let job):
      ("A tarefa não pode continuar", "Só uma tarefa parada pode ser retomada; “\(job)” não está.")
    case .jobStopped:
      ("A tarefa foi parada", "Terminou antes do fim, porque alguém pediu.")
    case .jobInTheWay(let job, let kind):
      (
        "Outra tarefa está em andamento",
        "A tarefa \(job) (\(kind)) precisa terminar antes: espere, ou pare com “job stop”."
      )
    case .requestKeyReused, .requestRunning, .requestAnswerGone: requestWords(in: .pt)
    case .factAhead, .currencyUnknown, .currencyForeign, .currencyFixed, .amountOutOfRange,
      .returnPositive, .mappingNotFound:
      factWords(in: .pt)
    case .filterInvalid, .filterTagUnknown, .filterTooLarge, .filterAsksPersonal:
      filterWords(in: .pt)
    case .ruleNotFound, .ruleNameTaken, .ruleVersionChanged, .ruleCycle, .ruleTagTaken,
      .ruleFilterPersonal, .rulesTooMany, .readyRuleNotFound, .readyRuleAdopted,
      .readyRuleIncomplete:
      ruleWords(in: .pt)
    case .segmentNotFound, .segmentNameTaken, .segmentRevisionChanged, .segmentsTooMany,
      .workNotDue, .workNotListed, .workTaken, .workSettled, .workOfRole, .timeZoneUnknown,
      .rfmUnusable, .rfmRevisionChanged, .rfmGroupNotFound, .rfmByQuantiles:
      segmentWords(in: .pt)
    case .webhookNotFound, .webhookAddressRefused, .webhookRevisionChanged, .webhooksTooMany,
      .webhookDeadNotFound:
      webhookWords(in: .pt)
    case .noticeNotFound(let seq):
      (
        "Esse aviso não existe",
        "O evento \(seq) não é um aviso para você. A lista de avisos diz quais são."
      )
    case .seqNotFound(let seq):
      ("Esse evento não existe", "O registro não tem o evento \(seq).")
    case .commandNotFound(let command):
      (
        "Esse comando não existe",
        "Nenhum evento veio de “\(command)”; informe o id de um comando, ou o número de um de seus "
          + "eventos."
      )
    case .undoImpossible(let type):
      (
        "Isso não pode ser desfeito",
        "O comando fez um evento “\(type.name)”: o que havia antes não existe mais."
      )
    case .pastReadOnly:
      (
        "O passado não pode ser mudado",
        "Este serviço mostra o registro como era. Mude-o onde ele é o presente."
      )
    case .pastNotTold(let path):
      (
        "Isso não se diz do passado",
        "\(path) só fala do presente. Pergunte ao serviço do presente."
      )
    case .eventTooLarge(let bytes, let limit):
      (
        "A mudança é grande demais para um evento",
        "Ocuparia \(bytes) bytes; são permitidos no máximo \(limit). Encurte os textos."
      )
    case .storageFull:
      (
        "O disco está cheio",
        "Nada foi alterado. Os comandos voltam a ser aceitos assim que houver espaço; a "
          + "leitura continua."
      )
    case .storageFailed(let what):
      ("O disco falhou", "Nada foi alterado. \(what)")
    case .projectionDiffers(let what):
      ("As projeções diferem do registro", "Reconstrua-as com `tagledger rebuild`. \(what)")
    case .logDamaged(let what):
      (
        "O registro está danificado",
        "Nenhum comando é aceito até que seja restaurado de uma cópia. \(what)"
      )
    case .readOnly(let why):
      ("O registro não aceita comandos", "No momento só pode ser lido. \(why)")
    case .dataInUse(let what):
      ("Outro daemon usa os dados", "\(what)")
    case .backupUnusable(let what):
      ("O backup não pode ser feito ou usado", what)
    case .restoreRefused(let what):
      ("A restauração foi recusada", what)
    case .shuttingDown:
      ("O registro está parando", "Nada foi alterado. Tente de novo em instantes.")
    }
  }
}

extension Rejection {
  var portuguese: (title: String, detail: String) {
    switch self {
    case .routeUnknown(let path):
      (
        "Não há nada aqui",
        "“\(path)” não é um caminho desta API; schema/openapi.yaml descreve os que há."
      )
    case .methodNotAllowed(let method, let allowed):
      (
        "O método não serve",
        "\(method) não é possível aqui; \(allowed.joined(separator: ", ")) seria."
      )
    case .uriTooLong(let limit):
      ("O endereço é longo demais", "São lidos no máximo \(limit) bytes.")
    case .uriUnreadable:
      (
        "O endereço não pode ser lido",
        "Um sinal de porcentagem é seguido de dois dígitos hexadecimais, e juntos formam UTF-8 sem "
          + "byte nulo."
      )
    case .hostUnknown(let host):
      ("O pedido é para outro host", "“\(host)” não é atendido aqui; “localhost” é.")
    case .originForeign(let origin):
      ("Outro site enviou o pedido", "“\(origin)” não pode usar este registro em nome de alguém.")
    case .contentTypeUnsupported(let type):
      ("O corpo é de outro tipo", "“\(type)” não é lido aqui; “application/json” é.")
    case .jsonUnreadable(let error):
      ("O corpo não é JSON", "No byte \(error.offset): \(error.reason.portuguese).")
    case .fieldUnknown(let path, let known):
      (
        "O corpo tem um campo desconhecido",
        "“\(path)” não é conhecido aqui. Conhecidos: \(known.joined(separator: ", "))."
      )
    case .fieldMissing(let path):
      ("Falta um campo no corpo", "“\(path)” tem de ser dado.")
    case .fieldsExclusive(let one, let other):
      ("O corpo diz demais", "Dê “\(one)” ou “\(other)”, não os dois.")
    case .fieldUnreadable(let path, let expected):
      (
        "Um campo não pode ser lido",
        "“\(path.isEmpty ? "corpo" : path)” tem de ser: \(expected.words(in: .pt))."
      )
    case .parameterUnknown(let name, let known):
      (
        "Um parâmetro é desconhecido",
        "“\(name)” não é conhecido aqui. Conhecidos: \(known.joined(separator: ", "))."
      )
    case .parameterRepeated(let name):
      ("Um parâmetro está repetido", "“\(name)” só pode ser dado uma vez.")
    case .cursorUnreadable:
      (
        "O cursor não pode ser usado",
        "Está danificado, ou é de uma lista pedida de outro modo. Comece de novo sem cursor."
      )
    case .languageUnknown(let language):
      ("Não há conjunto inicial nessa língua", "“\(language)” não está entre: en, fr, pt.")
    case .limited(let limit): limit.words(in: .pt)
    case .failed:
      (
        "Algo deu errado por dentro",
        "O registro do daemon diz o quê. Se um comando foi aceito, o histórico de mudanças diz."
      )
    }
  }
}

extension JSON.ParseError.Reason {
  var portuguese: String {
    switch self {
    case .unexpectedEnd: "o texto termina cedo demais"
    case .unexpectedByte(let byte): "byte \(byte) inesperado"
    case .trailingBytes: "há algo depois do valor"
    case .tooDeep(let limit): "mais de \(limit) níveis"
    case .duplicateKey(let key): "“\(key)” está repetido"
    case .invalidUTF8: "o texto não é UTF-8"
    case .controlCharacter(let byte): "caractere de controle \(byte) em uma cadeia"
    case .badEscape: "escape desconhecido"
    case .loneSurrogate: "metade de um par substituto"
    case .badNumber: "um número que JSON não permite"
    case .notAnInteger: "só números inteiros são lidos"
    case .integerTooLarge: "o número passa de 2^53 - 1"
    }
  }
}
