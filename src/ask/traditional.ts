// Characters that differ in Traditional Chinese and occur in questions like ours, each followed by its simplified form.
// A full conversion needs phrases and a dictionary of thousands; for finding, the frequent characters are enough.
const pairs =
  '開开 許许 證证 協协 議议 權权 軟软 體体 專专 貢贡 獻献 項项 審审 請请 問问 題题 來来 們们 個个 這这 說说 沒没 麼么 為为 會会 對对 時时 間间 過过 還还 進进 與与 從从 後后 發发 現现 實实 點点 動动 處处 無无 產产 業业 務务 員员 電电 腦脑 網网 絡络 線线 數数 據据 庫库 碼码 檔档 內内 關关 於于 應应 該该 當当 經经 費费 報报 銷销 訂订 單单 買买 賣卖 價价 錢钱 獎奖 勵励 學学 習习 訓训 練练 導导 師师 認认 識识 語语 詞词 讀读 寫写 書书 頁页 標标 準准 則则 規规 範范 條条 約约 簽签 聲声 屬属 歸归 傳传 輸输 鏈链 連连 結结 構构 組组 織织 機机 團团 隊队 夥伙 計计 劃划 設设 備备 裝装 載载 測测 試试 險险 護护 維维 衛卫 態态 狀状 變变 換换 轉转 運运 營营 選选 擇择 擁拥 並并 雙双 兩两 幾几 萬万 億亿 級级 紀纪 錄录 記记 憶忆 檢检 驗验 領领 課课 輔辅 參参 觀观 贊赞 讚赞 資资 財财 稅税 勞劳 醫医 療疗 車车 駕驾 廳厅 樓楼 門门 辦办 啟启 閉闭 鎖锁 帳账 賬账 號号 雲云 盤盘 虛虚 擬拟 東东 長长 見见 親亲 區区 國国 際际 華华 漢汉 論论 討讨 謝谢 嗎吗 誰谁 讓让 給给 幫帮 幹干 麗丽 樣样 種种 類类 別别 圖图 畫画 視视 頻频 聽听 優优 質质 鍵键 頭头 尋寻 詢询 顧顾 戰战 隱隐 廠厂 倉仓 儲储 複复 復复 雜杂 製制 匯汇 編编 譯译 釋释 繼继 續续 終终 絕绝 總总 統统 縮缩 緩缓 適适 遲迟 遞递 郵邮 邏逻 輯辑 較较 輕轻 輪轮 違违 達达 遠远 錯错 鏡镜 隨随 離离 難难 靜静 順顺 須须 預预 願愿 顯显 風风 飛飞 驅驱 齊齐 齡龄 舊旧 聯联 職职 腳脚 臺台 舉举 蓋盖 藝艺 術术 補补 裡里 覽览 觸触 訊讯 訪访 評评 詳详 誌志 調调 諾诺 譜谱 貨货 責责 賞赏 賠赔 賴赖 購购 贏赢 躍跃 農农 鄰邻 釐厘 鐘钟 閱阅 陳陈 陸陆 陽阳 階阶 隻只 雖虽 頓顿 額额 飯饭 館馆 騎骑 鬆松 魚鱼 鳥鸟 麥麦 黃黄 龍龙 傷伤 僅仅 儘尽 兒儿 兌兑 劇剧 勝胜 勢势 嚴严 園园 圓圆 場场 壓压 壞坏 夠够 奪夺 婦妇 孫孙 寧宁 將将 層层 屆届 島岛 幣币 廣广 廢废 彈弹 徵征 徹彻 恆恒 惡恶 愛爱 慮虑 憑凭 懷怀 戶户 拋抛 掃扫 採采 揮挥 損损 搖摇 擊击 擴扩 攜携 斷断 暫暂 曆历 歷历 極极 樂乐 樹树 橋桥 歐欧 歲岁 殘残 殺杀 殼壳 氣气 決决 況况 溝沟 滅灭 滿满 潔洁 濟济 災灾 爭争 爲为 牆墙 獨独 獲获 環环 瞭了 確确 禮礼 穩稳 競竞 筆笔 節节 築筑 簡简 糾纠 納纳 純纯 紹绍 細细 絲丝 綠绿 緊紧 縣县 繪绘 罰罚 羅罗 義义 肅肃 膽胆 臨临 興兴 艦舰 莊庄 葉叶 蘋苹 蘭兰 蟲虫 衝冲 裏里 襲袭 覺觉 訴诉 註注 詐诈 詩诗 誤误 諮咨 講讲 謹谨 譽誉 豐丰 負负 販贩 貴贵 貸贷 賓宾 趕赶 跡迹 軍军 軌轨 輩辈 辭辞 邊边 鄉乡 醜丑 針针 鋪铺 鋼钢 錶表 鍾钟 鐵铁 鑒鉴 閒闲 陣阵 陰阴 雞鸡 靈灵 頂顶 頗颇 飲饮 駐驻 驚惊 髮发 鬥斗';

const folds: ReadonlyMap<string, string> = new Map(
  pairs.split(' ').map((pair) => [pair.slice(0, 1), pair.slice(1)] as const),
);
const foldable = new RegExp(`[${[...folds.keys()].join('')}]`, 'gu');

/** Frequent Traditional characters as Simplified ones; everything else unchanged, and as long as before. */
export function foldTraditional(text: string): string {
  return text.replace(foldable, (character) => folds.get(character) ?? character);
}
