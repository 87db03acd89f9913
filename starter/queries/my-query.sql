-- title: 某个牵头单位的任务
-- description: 一个单位牵头的全部任务。文件名就是查询的名字，在 SQL 和笔记里写作 my_query('市卫生健康局')。
-- params:
--   单位: { label: 牵头单位 }
-- examples: [my-query --单位 市卫生健康局]
SELECT 地区, 年份, 序号, 任务
FROM 事项
WHERE 牵头单位 = $单位
ORDER BY ALL
