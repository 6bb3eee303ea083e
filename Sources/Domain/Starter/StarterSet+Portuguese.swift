extension StarterSet {
  static let portuguese = [
    Words(
      "Novo cliente", "Primeiro pedido há menos de 30 dias.",
      then: "Dar as boas-vindas e perguntar como foi a primeira compra."),
    Words(
      "Cliente ativo", "Responde a pelo menos 80 % das mensagens em 7 dias.",
      then: "Mostrar as novidades em primeira mão."),
    Words(
      "Cliente regular", "Pelo menos 3 pedidos em 180 dias.",
      then: "Falar a cada 60 dias e agradecer a fidelidade com uma vantagem."),
    Words(
      "Compra-Frequente", "3 pedidos em um mês, ou pelo menos 2 em 30 dias.",
      then: "Propor a reposição antes que acabe e oferecer o frete."),
    Words(
      "VIP", "20.000 ou mais em um ano, ou mais de 5.000 em um só pedido.",
      then: "Atender em primeiro lugar, sempre pela mesma pessoa."),
    Words(
      "VIP-Diamante", "Mais de 20.000 gastos ao todo.",
      then: "Convidar para ver os lançamentos antes de todos."),
    Words(
      "VIP-Reativar", "VIP sem pedido há 180 dias.",
      then: "Ligar pessoalmente e fazer uma oferta só para este cliente."),
    Words(
      "Reativar-60 dias", "Sem pedido há mais de 60 dias.",
      then: "Enviar um lembrete de reposição ou uma novidade parecida com a última compra."),
    Words(
      "Risco-90 dias", "Sem pedido há mais de 90 dias.",
      then: "Perguntar o que faltou e oferecer um cupom com prazo."),
    Words(
      "Ritmo-Em queda", "Cliente regular que compra com menos frequência; rever a cada 60 dias.",
      then: "Perguntar se mudou alguma coisa, antes de oferecer desconto."),
    Words(
      "Resposta-24 h", "Responde em menos de 24 horas.",
      then: "Incluir nas ofertas de prazo curto."),
    Words(
      "Pagamento pendente", "Pedido feito há mais de 1 hora e ainda não pago.",
      then: "Enviar de novo o link de pagamento e perguntar se há dúvida."),
    Words(
      "Pago-A enviar", "Pago nas últimas 24 horas e ainda não enviado.",
      then: "Confirmar o endereço e enviar ainda hoje."),
    Words(
      "Enviado", "O pedido saiu; anotar o código de rastreio e a previsão de 3 a 5 dias.",
      then: "Mandar o código de rastreio e avisar da previsão."),
    Words(
      "Status-Entregue", "A entrega foi confirmada.",
      then: "Perguntar se chegou tudo bem."),
    Words(
      "Recebido-7 dias", "Pedido concluído há mais de 7 dias.",
      then: "Convidar a avaliar 3 dias depois; rever a lista toda segunda-feira."),
    Words(
      "Reclamação-Aberta", "Há uma reclamação em processamento.",
      then: "Ver toda manhã, antes de tudo; responder no mesmo dia."),
    Words(
      "Reclamação-Resolvida", "A reclamação foi resolvida e o cliente concorda.",
      then: "Voltar a falar depois de uma semana."),
    Words(
      "Urgente", "O cliente pediu algo que não pode esperar até amanhã.",
      then: "Ver toda manhã, antes de tudo; retirar assim que estiver feito."),
    Words(
      "Origem-Anúncio IG", "Chegou por um anúncio no Instagram.",
      then: "Oferecer um primeiro olhar sobre os produtos do anúncio."),
  ]
}
